import { useState } from 'react';
import { writeClipboard } from '../components/copy-button.tsx';
import { X } from '../components/icons.ts';
import type { LogStore } from './log-store.ts';
import { textOf } from './to-line.ts';
import { type LineRange, rangeHash } from './use-line-range.ts';

/** Lines that are copied at once. */
const maxCopied = 20_000;

interface ChosenProps {
  range: LineRange;
  store: LogStore;
  clear: () => void;
}

/** What can be done with the lines that were chosen. */
export function ChosenLines({ range, store, clear }: ChosenProps) {
  const [said, setSaid] = useState('');
  const { from, to } = range;

  async function copy(withLink: boolean): Promise<void> {
    const last = Math.min(to, from + maxCopied - 1, store.state().total);
    try {
      await store.ensure(from, last);
      const lines: string[] = withLink ? [location.href.replace(/#.*$/, '') + rangeHash(range)] : [];
      for (let number = from; number <= last; number++) {
        const line = store.line(number);
        if (line) lines.push(textOf(line));
      }
      await writeClipboard(lines.join('\n'));
      setSaid('Copied');
    } catch {
      // The hub did not answer, or the browser gave no leave.
      setSaid('Not copied');
    }
  }

  return (
    <fieldset className="log-chosen">
      <legend className="sr-only">Chosen lines</legend>
      <span className="log-chosen-words">{from === to ? `Line ${from}` : `Lines ${from}–${to}`}</span>
      <button type="button" className="button-quiet" onClick={() => void copy(false)}>
        Copy
      </button>
      <button type="button" className="button-quiet" onClick={() => void copy(true)}>
        Copy with link
      </button>
      <span role="status" className="log-chosen-said">
        {said}
      </span>
      <button type="button" className="icon-button" aria-label="Choose no lines" onClick={clear}>
        <X size={14} aria-hidden="true" />
      </button>
    </fieldset>
  );
}
