import { Link, useParams } from '@remix-run/react';
import { useMemo, useState } from 'react';
import { Pause, Pencil, Play, Zap } from '../../components/icons.ts';
import { DeleteButton } from '../../definitions/delete-button.tsx';
import { usePaletteActions } from '../../frame/palette-actions.ts';
import { useMay } from '../../frame/use-may.ts';
import { OnSwitch } from '../list/on-switch.tsx';
import type { ListedSchedule } from '../list/schedule-list.tsx';
import { PauseDialog } from '../pause-dialog.tsx';
import { useScheduleAction } from '../use-schedule-action.ts';

/** What can be done with a schedule on its page: by button and from the palette. */
export function ScheduleActions({ schedule }: { schedule: ListedSchedule }) {
  const { id, name, enabled, status } = schedule;
  const { tenant = '' } = useParams();
  const may = useMay();
  const { run, busy } = useScheduleAction(id);
  const [pausing, setPausing] = useState(false);
  const [mayWrite, mayFire] = [may('definitions.write'), may('events.fire')];
  const mayOperate = may('schedules.operate');
  const paused = status === 'paused';
  const page = `/t/${tenant}/schedules/${id}`;
  usePaletteActions(
    useMemo(
      () => [
        ...(mayWrite
          ? [{ id: 'schedule:edit', group: 'This schedule', word: 'Edit this schedule', to: `${page}/edit` }]
          : []),
        { id: 'schedule:runs', group: 'This schedule', word: 'Runs of this schedule', to: `${page}/runs` },
        ...(mayOperate
          ? [
              {
                id: 'schedule:backfill',
                group: 'This schedule',
                word: 'Backfill this schedule',
                to: `${page}/backfill`,
              },
            ]
          : []),
      ],
      [mayWrite, mayOperate, page],
    ),
  );
  return (
    <div className="page-actions">
      {mayWrite ? (
        <span className="switch-with-word">
          <OnSwitch schedule={schedule} disabled={false} /> <span aria-hidden="true">{enabled ? 'On' : 'Off'}</span>
        </span>
      ) : null}
      {mayFire ? (
        <button type="button" className="button-primary" disabled={busy} onClick={() => run('run-now')}>
          <Zap size={14} aria-hidden="true" />
          Run now
        </button>
      ) : null}
      {mayOperate && paused ? (
        <button type="button" className="button" disabled={busy} onClick={() => run('resume')}>
          <Play size={14} aria-hidden="true" />
          Resume
        </button>
      ) : null}
      {mayOperate && enabled && !paused ? (
        <button type="button" className="button" onClick={() => setPausing(true)}>
          <Pause size={14} aria-hidden="true" />
          Pause…
        </button>
      ) : null}
      {mayWrite ? (
        <>
          <Link to={`${page}/edit`} className="button">
            <Pencil size={14} aria-hidden="true" />
            Edit
          </Link>
          <DeleteButton what={`the schedule ${name}`} action={page}>
            Its history goes with it; the events that it fired stay. It can not be brought back.
          </DeleteButton>
        </>
      ) : null}
      {pausing ? <PauseDialog schedule={schedule} onClose={() => setPausing(false)} /> : null}
    </div>
  );
}
