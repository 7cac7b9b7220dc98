import { useEffect, useState } from 'react';
import { Check, Copy } from './icons.ts';

/** Copies a text and says so, by icon and to screen readers. `label` names what is copied. */
export function CopyButton({ text, label, word }: { text: string | (() => string); label: string; word?: string }) {
  const [copied, setCopied] = useState<'' | 'Copied' | 'Copying was refused by the browser'>('');
  useEffect(() => {
    if (copied === '') return;
    const timer = setTimeout(() => setCopied(''), 2_000);
    return () => clearTimeout(timer);
  }, [copied]);
  function copy(): void {
    const value = typeof text === 'string' ? text : text();
    writeClipboard(value).then(
      () => setCopied('Copied'),
      () => setCopied('Copying was refused by the browser'),
    );
  }
  const Icon = copied === 'Copied' ? Check : Copy;
  return (
    <>
      <button
        type="button"
        className={word ? 'button' : 'icon-button'}
        aria-label={word ? undefined : label}
        onClick={copy}
      >
        <Icon size={14} aria-hidden="true" />
        {word}
      </button>
      <span className="sr-only" aria-live="polite">
        {copied}
      </span>
    </>
  );
}

/** The clipboard API exists on https and localhost only; a hub reached by plain http falls back to the old command. */
export async function writeClipboard(text: string): Promise<void> {
  if (navigator.clipboard) return navigator.clipboard.writeText(text);
  const area = document.createElement('textarea');
  area.value = text;
  area.className = 'sr-only';
  document.body.append(area);
  area.select();
  const done = document.execCommand('copy');
  area.remove();
  if (!done) throw new Error('copy was refused');
}
