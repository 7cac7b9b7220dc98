import type { EventDetail } from '@nexomatic/contracts/event-api';
import { useMemo, useState } from 'react';
import { CopyButton } from '../components/copy-button.tsx';
import { Download } from '../components/icons.ts';
import { type FindHref, JsonView } from './json-view.tsx';
import { parseJsonText } from './parse-json-text.ts';

interface BodyViewProps {
  body: EventDetail['payload'];
  name: string;
  /** Where all of it can be had; null where this is all that is kept. */
  downloadUrl: string | null;
  findHref?: FindHref;
}

/** A payload or a result: as a tree where it is JSON, and always as the very text that was sent. */
export function BodyView({ body, name, downloadUrl, findHref }: BodyViewProps) {
  const { text, truncated, contentType, size } = body;
  const tree = useMemo(() => (text === null || truncated ? null : parseJsonText(text)), [text, truncated]);
  const [raw, setRaw] = useState(false);
  return (
    <>
      <div className="pane-bar">
        <span className="text-muted text-xs">
          {contentType || 'no content type'} · {formatSize(size)}
        </span>
        <div className="ml-auto flex items-center gap-2">
          {tree ? (
            <div className="segments">
              <button type="button" aria-pressed={!raw} onClick={() => setRaw(false)}>
                Readable
              </button>
              <button type="button" aria-pressed={raw} onClick={() => setRaw(true)}>
                Raw
              </button>
            </div>
          ) : null}
          {text === null || truncated ? null : <CopyButton text={text} label={`Copy the ${name}`} />}
          {downloadUrl === null ? null : (
            <a href={downloadUrl} className="icon-button" download aria-label={`Download the ${name}`}>
              <Download size={14} aria-hidden="true" />
            </a>
          )}
        </div>
      </div>
      {truncated ? (
        <p className="pane-note">
          Only the first {formatSize(text?.length ?? 0)} are{' '}
          {downloadUrl === null ? 'kept.' : 'shown here; the download has all of it.'}
        </p>
      ) : null}
      {text === null ? (
        <p className="pane-note">These bytes are not text, so they can only be downloaded.</p>
      ) : tree && !raw ? (
        <JsonView node={tree} findHref={findHref} />
      ) : (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a pane that scrolls has to be reachable by keyboard
        <pre className="raw" tabIndex={0}>
          {text === '' ? <span className="text-faint">empty</span> : text}
        </pre>
      )}
    </>
  );
}

/** `812 bytes`, `3.4 KiB`, `1.20 MiB`, `5.00 GiB`. */
export function formatSize(bytes: number): string {
  if (bytes < 1024) return `${bytes} ${bytes === 1 ? 'byte' : 'bytes'}`;
  if (bytes < 1024 ** 2) return `${(bytes / 1024).toFixed(1)} KiB`;
  return bytes < 1024 ** 3 ? `${(bytes / 1024 ** 2).toFixed(2)} MiB` : `${(bytes / 1024 ** 3).toFixed(2)} GiB`;
}
