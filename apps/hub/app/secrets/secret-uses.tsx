import type { SecretUses as Uses } from '@nexomatic/contracts/secret-api';
import { Link, useParams } from '@remix-run/react';
import { DataTable } from '../components/table/data-table.tsx';
import { Pager } from '../components/table/pager.tsx';
import type { TableColumn } from '../components/table/table-column.ts';
import { TimeText } from '../time/time-text.tsx';

type Use = Uses['uses'][number];

const nameOf = ({ eventType, eventId }: Use): string => eventType ?? eventId ?? 'a check on the sink';

const columns: readonly TableColumn<Use>[] = [
  { id: 'event', header: 'Event', cell: (use) => nameOf(use), fill: true },
  { id: 'attempt', header: 'Attempt', cell: ({ attempt }) => attempt ?? '–', align: 'end', from: 'sm' },
  { id: 'sink', header: 'Given to sink', cell: (use) => <SinkLink {...use} /> },
  { id: 'version', header: 'Version', cell: ({ version }) => version, align: 'end' },
  { id: 'at', header: 'When', cell: ({ at }) => <TimeText at={at} focusable={false} />, align: 'end' },
];

function SinkLink({ sinkId, sinkName }: Pick<Use, 'sinkId' | 'sinkName'>) {
  const { tenant = '' } = useParams();
  return <Link to={`/t/${tenant}/sinks/${sinkId}`}>{sinkName}</Link>;
}

/** Which events and checks were given a secret, newest first, page by page. */
export function SecretUses({ uses, nextCursor }: Uses) {
  return (
    <section className="stack" aria-labelledby="uses-title">
      <h2 id="uses-title">Uses</h2>
      <DataTable
        name="secret-uses"
        caption="Events and checks that were given this secret, newest first"
        columns={columns}
        rows={uses}
        rowId={({ id }) => id}
        rowName={nameOf}
        rowLink={({ eventId, sinkId }) => (eventId ? `../events/${eventId}` : `../sinks/${sinkId}`)}
        empty={<p className="panel text-muted text-sm">Nothing was given it yet.</p>}
      />
      <Pager
        nextCursor={nextCursor}
        count={uses.length}
        words={{ back: 'Newer', on: 'Older', start: 'Newest', rows: 'uses' }}
      />
    </section>
  );
}
