import { CopyButton } from './copy-button.tsx';

/** `evt_01kbs6…7k2m`: enough to tell two ids apart; the tail is the random part. */
export const shortId = (id: string): string => (id.length > 18 ? `${id.slice(0, 10)}…${id.slice(-4)}` : id);

/** An id, shortened in the middle, with a button that copies the whole of it. */
export function IdText({ id, label }: { id: string; label: string }) {
  return (
    <span className="inline-flex items-center gap-0.5">
      <span className="font-mono text-xs text-muted">
        <span aria-hidden="true">{shortId(id)}</span>
        <span className="sr-only">{id}</span>
      </span>
      <CopyButton text={id} label={`Copy ${label}`} />
    </span>
  );
}
