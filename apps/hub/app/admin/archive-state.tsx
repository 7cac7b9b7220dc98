import type { InstanceArchive } from '@nexomatic/contracts/instance-api';
import { Badge } from '../components/badge.tsx';
import { CircleCheck, CircleX } from '../components/icons.ts';
import { TimeText } from '../time/time-text.tsx';

/** Where old logs are moved to, and why they are not just now. */
export function ArchiveState({ archive }: { archive: InstanceArchive | null }) {
  if (!archive) return null;
  const { place, fault } = archive;
  return (
    <section className="card overflow-clip" aria-label="Archive of logs">
      <table className="plain">
        <thead>
          <tr>
            <th scope="col">Archive of logs</th>
            <th scope="col">State</th>
          </tr>
        </thead>
        <tbody>
          <tr>
            <th scope="row" className="break-all">
              {place}
            </th>
            <td>
              {fault ? (
                <div className="flex flex-col items-start gap-1">
                  <Badge tone="bad" icon={<CircleX size={12} aria-hidden="true" />}>
                    paused
                  </Badge>
                  <span className="break-words">{fault.message}</span>
                  <span className="text-muted text-sm">
                    Since <TimeText at={fault.since} />; tried again <TimeText at={fault.retryAt} />. Logs stay in the
                    database meanwhile; those that are archived can not be read.
                  </span>
                </div>
              ) : (
                <Badge tone="good" icon={<CircleCheck size={12} aria-hidden="true" />}>
                  ok
                </Badge>
              )}
            </td>
          </tr>
        </tbody>
      </table>
    </section>
  );
}
