import type { TenantStorage } from '@nexomatic/contracts/tenant-api';
import { Explain } from '../components/explain.tsx';
import { StatTile } from '../components/stat-tile.tsx';
import { formatSize } from '../json/body-view.tsx';
import { TimeText } from '../time/time-text.tsx';

const words = { output: 'Archived output', records: 'Archived records' } as const;

/** How much a tenant keeps, in the database and in the archive. */
export function StorageFigures({ storage: { hot, archived, archivePausedSince } }: { storage: TenantStorage }) {
  const counted = hot ? (
    <>
      counted <TimeText at={hot.measuredAt} />
    </>
  ) : (
    'not counted yet; that takes a few minutes'
  );
  return (
    <>
      {archivePausedSince ? (
        <Explain warning>
          The archive has not been reachable since <TimeText at={archivePausedSince} />. Logs stay in the database until
          it is; those that are archived can not be read meanwhile.
        </Explain>
      ) : null}
      <div className="stats">
        <StatTile label="Logs in the database" value={hot ? formatSize(hot.logBytes) : '–'} note={counted} />
        <StatTile label="Payloads and results" value={hot ? formatSize(hot.payloadBytes) : '–'} note={counted} />
        {(['output', 'records'] as const).map((kind) => {
          const one = archived.find((row) => row.kind === kind);
          const note = one
            ? `${one.logs} ${one.logs === 1 ? 'log' : 'logs'} of ${formatSize(one.bytes)} in ${one.objects} ${one.objects === 1 ? 'object' : 'objects'}`
            : 'nothing yet';
          return <StatTile key={kind} label={words[kind]} value={formatSize(one?.size ?? 0)} note={note} />;
        })}
      </div>
    </>
  );
}
