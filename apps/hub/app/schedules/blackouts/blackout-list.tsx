import type { BlackoutSummary } from '@nexomatic/contracts/blackout-api';
import { Link, useParams } from '@remix-run/react';
import { Badge } from '../../components/badge.tsx';
import { EmptyState } from '../../components/empty-state.tsx';
import { Ban } from '../../components/icons.ts';
import { DataTable } from '../../components/table/data-table.tsx';
import type { TableColumn } from '../../components/table/table-column.ts';
import { objectPath } from '../../frame/objects.ts';
import { useMay } from '../../frame/use-may.ts';
import { useZone } from '../../time/now.ts';
import { windowWords } from './blackout-words.ts';

const columns: readonly TableColumn<BlackoutSummary>[] = [
  { id: 'name', header: 'Name', cell: ({ name }) => name },
  { id: 'when', header: 'When', cell: (blackout) => <BlackoutTime blackout={blackout} />, fill: true },
  { id: 'for', header: 'Holds for', cell: (blackout) => <Whose blackout={blackout} /> },
  { id: 'now', header: 'Now', cell: ({ active }) => <Active active={active} /> },
];

/** When a window is, with the zone that its times are of. */
export function BlackoutTime({ blackout: { window } }: { blackout: BlackoutSummary }) {
  const zone = useZone();
  return (
    <>
      {windowWords(window, zone)}{' '}
      <span className="text-faint">{window.kind === 'weekly' ? window.timeZone : zone}</span>
    </>
  );
}

function Whose({ blackout: { schedule } }: { blackout: BlackoutSummary }) {
  const { tenant = '' } = useParams();
  if (!schedule) return 'every schedule';
  return <Link to={objectPath(tenant, schedule.id) ?? '.'}>{schedule.name}</Link>;
}

const Active = ({ active }: { active: boolean }) =>
  active ? (
    <Badge tone="warning" icon={<Ban aria-hidden="true" />}>
      runs are skipped
    </Badge>
  ) : (
    <span className="text-faint">–</span>
  );

/** The windows in which schedules skip their runs. */
export function BlackoutList({ blackouts }: { blackouts: readonly BlackoutSummary[] }) {
  return (
    <DataTable
      name="blackouts"
      caption="Blackout windows by name"
      columns={columns}
      rows={blackouts}
      rowId={({ id }) => id}
      rowName={({ name }) => name}
      rowLink={({ id }) => id}
      empty={<NoBlackouts />}
    />
  );
}

function NoBlackouts() {
  const mayWrite = useMay()('definitions.write');
  return (
    <EmptyState title="No blackout windows">
      <p>
        A window in which schedules skip what is due: a release freeze, a move of the database, every night while
        backups run. Each skipped run stands in the history with this reason.
      </p>
      {mayWrite ? (
        <Link to="new" className="button-primary">
          New window
        </Link>
      ) : null}
    </EmptyState>
  );
}
