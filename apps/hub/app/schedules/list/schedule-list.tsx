import type { ScheduleSummary } from '@nexomatic/contracts/schedule-api';
import { Link, useParams } from '@remix-run/react';
import { useState } from 'react';
import { Badge } from '../../components/badge.tsx';
import { TriangleAlert } from '../../components/icons.ts';
import { DataTable } from '../../components/table/data-table.tsx';
import type { TableColumn } from '../../components/table/table-column.ts';
import { objectPath } from '../../frame/objects.ts';
import { useMay } from '../../frame/use-may.ts';
import { PauseDialog } from '../pause-dialog.tsx';
import { RunResult } from '../run-result.tsx';
import { NextRun } from './next-run.tsx';
import { NoSchedules } from './no-schedules.tsx';
import { OnSwitch } from './on-switch.tsx';
import { RowMenu } from './row-menu.tsx';

export type ListedSchedule = ScheduleSummary & { words: string };

const columns: readonly TableColumn<ListedSchedule>[] = [
  { id: 'name', header: 'Name', cell: ({ name }) => name },
  { id: 'when', header: 'When', cell: (schedule) => <When schedule={schedule} />, fill: true },
  { id: 'fires', header: 'Fires', cell: ({ eventType }) => <ObjectLink object={eventType} />, from: 'md' },
  { id: 'next', header: 'Next run', cell: (schedule) => <NextRun schedule={schedule} /> },
  { id: 'last', header: 'Last run', cell: (schedule) => <Last schedule={schedule} /> },
  { id: 'sink', header: 'Sink', cell: (schedule) => <Pin schedule={schedule} />, from: 'lg' },
  { id: 'on', header: 'On', cell: (schedule) => <Switch schedule={schedule} />, width: '3.5rem' },
];

function When({ schedule: { words, timeZone, cron } }: { schedule: ListedSchedule }) {
  return (
    <span title={`${words} (${cron ?? 'once'})`}>
      {words} <span className="text-faint">{timeZone}</span>
    </span>
  );
}

function Last({ schedule: { id, last, heldCount } }: { schedule: ListedSchedule }) {
  if (heldCount > 0)
    return (
      <Link to={id} className="pill-link">
        <Badge tone="warning" icon={<TriangleAlert aria-hidden="true" />}>
          {heldCount.toLocaleString('en')} held
        </Badge>
      </Link>
    );
  return last ? <RunResult run={last} /> : <span className="text-faint">never</span>;
}

function Pin({ schedule: { pinnedSink } }: { schedule: ListedSchedule }) {
  if (!pinnedSink) return <span className="text-faint">any</span>;
  return (
    <span className="inline-flex items-center gap-1.5">
      <ObjectLink object={pinnedSink} />
      {pinnedSink.status === 'ONLINE' ? null : <Badge tone="warning">{pinnedSink.status.toLowerCase()}</Badge>}
    </span>
  );
}

function Switch({ schedule }: { schedule: ListedSchedule }) {
  const mayWrite = useMay()('definitions.write');
  return (
    <span className="switch-cell">
      <OnSwitch schedule={schedule} disabled={!mayWrite} />
    </span>
  );
}

function ObjectLink({ object }: { object: { id: string; name: string } | null }) {
  const { tenant = '' } = useParams();
  if (!object) return <span className="text-faint">–</span>;
  return <Link to={objectPath(tenant, object.id) ?? '.'}>{object.name}</Link>;
}

/** The schedules of a tenant: when each runs, when next, and how its last run went. */
export function ScheduleList({ schedules, byNext }: { schedules: readonly ListedSchedule[]; byNext: boolean }) {
  const [pausing, setPausing] = useState<ListedSchedule | null>(null);
  return (
    <>
      <DataTable
        name="schedules"
        caption={byNext ? 'Schedules by their next run' : 'Schedules by name'}
        columns={columns}
        rows={schedules}
        rowId={({ id }) => id}
        rowName={({ name }) => name}
        rowLink={({ id }) => id}
        rowTone={({ heldCount }) => (heldCount > 0 ? 'bad' : undefined)}
        rowActions={(schedule) => <RowMenu schedule={schedule} onPause={() => setPausing(schedule)} />}
        empty={<NoSchedules />}
      />
      {pausing ? <PauseDialog schedule={pausing} onClose={() => setPausing(null)} /> : null}
    </>
  );
}
