import { Form, useNavigation } from '@remix-run/react';
import { Badge } from '../components/badge.tsx';
import { DiffFields } from '../components/diff-fields.tsx';
import { ChevronDown } from '../components/icons.ts';
import { TimeText } from '../time/time-text.tsx';

interface ShownVersion {
  version: number;
  author: { name: string };
  createdAt: string;
  body: object;
}

interface VersionHistoryProps {
  /** Newest first. */
  versions: readonly ShownVersion[];
  /** How fields are called. */
  labels: Record<string, string>;
  mayRestore: boolean;
}

/** Every save of a definition: who, when, what changed against the one before, and the way back to it. */
export function VersionHistory({ versions, labels, mayRestore }: VersionHistoryProps) {
  const busy = useNavigation().state !== 'idle';
  const current = versions[0]?.version;
  if (current === undefined)
    return (
      <p className="text-muted text-sm">It was not made by anybody here; versions are kept from its next save on.</p>
    );
  return (
    <ol className="card versions">
      {versions.map((one, index) => (
        <li key={one.version}>
          <details open={index === 0}>
            <summary>
              <ChevronDown size={14} aria-hidden="true" className="versions-mark" />
              <strong>Version {one.version}</strong>
              {one.version === current ? <Badge tone="info">current</Badge> : null}
              <span className="text-muted">
                {one.author.name}, <TimeText at={one.createdAt} />
              </span>
            </summary>
            <div className="versions-diff">
              <DiffFields before={versions[index + 1]?.body ?? null} after={one.body} labels={labels} />
            </div>
          </details>
          {mayRestore && one.version !== current ? (
            <Form method="post">
              <input type="hidden" name="intent" value="restore" />
              <input type="hidden" name="version" value={current} />
              <input type="hidden" name="restore" value={one.version} />
              <button type="submit" className="button" disabled={busy} aria-label={`Restore version ${one.version}`}>
                Restore
              </button>
            </Form>
          ) : null}
        </li>
      ))}
    </ol>
  );
}
