import { CopyButton } from '../components/copy-button.tsx';
import { Download } from '../components/icons.ts';
import { type LogLine, lineText } from './to-lines.ts';
import type { LogState } from './use-log.ts';

export interface LogSwitches {
  records: boolean;
  output: boolean;
  wrap: boolean;
  /** Times since the start of the attempt instead of times of day. */
  relative: boolean;
}

interface ToolbarProps {
  switches: LogSwitches;
  setSwitches: (switches: LogSwitches) => void;
  lines: LogLine[];
  status: LogState['status'];
  errors: number;
  nextError: () => void;
  downloadUrl: string | null;
}

const words: [keyof LogSwitches, string][] = [
  ['records', 'Structured'],
  ['output', 'Output'],
  ['wrap', 'Wrap'],
  ['relative', 'Since start'],
];

/** What the log shows and how; copying and downloading it. */
export function LogToolbar({ switches, setSwitches, lines, status, errors, nextError, downloadUrl }: ToolbarProps) {
  return (
    <div className="pane-bar">
      <fieldset className="flex flex-wrap items-center gap-1">
        <legend className="sr-only">What the log shows</legend>
        {words.map(([name, word]) => (
          <label key={name} className="switch" data-switch={name}>
            <input
              type="checkbox"
              className="sr-only"
              checked={switches[name]}
              onChange={() => setSwitches({ ...switches, [name]: !switches[name] })}
            />
            {word}
          </label>
        ))}
      </fieldset>
      <div className="ml-auto flex items-center gap-1">
        <span className="log-status" data-status={status} role="status">
          {status === 'following' ? 'Streaming' : status === 'interrupted' ? 'Interrupted' : ''}
        </span>
        {errors > 0 ? (
          <button type="button" className="button-quiet text-error" onClick={nextError}>
            Next error <kbd className="key-cap">f</kbd>
          </button>
        ) : null}
        <CopyButton text={() => lines.map(lineText).join('\n')} label="Copy the lines shown" />
        {downloadUrl ? (
          <a href={downloadUrl} className="icon-button" download aria-label="Download the log">
            <Download size={14} aria-hidden="true" />
          </a>
        ) : null}
      </div>
    </div>
  );
}
