import { useParams } from '@remix-run/react';
import { Explain } from '../../components/explain.tsx';
import { objectPath } from '../../frame/objects.ts';
import { useMay } from '../../frame/use-may.ts';
import { formatDay, formatTime, instantMs } from '../../time/format-time.ts';
import { useZone } from '../../time/now.ts';
import { TimeLeft } from '../../time/time-left.tsx';
import { TimeText } from '../../time/time-text.tsx';
import type { ListedSchedule } from '../list/schedule-list.tsx';
import { useScheduleAction } from '../use-schedule-action.ts';
import { HeldNotice } from './held-notice.tsx';

/** Why a schedule does not run as it is written, or will not for long; each with the way out. */
export function ScheduleNotices({ schedule }: { schedule: ListedSchedule }) {
  const { tenant = '' } = useParams();
  const { status, eventType, pinnedSink, failuresInRow, pauseAfterFailures, waitingDueAt } = schedule;
  const zone = useZone();
  return (
    <>
      {status === 'paused' ? <PausedNotice schedule={schedule} /> : null}
      <HeldNotice schedule={schedule} />
      <SkipNotice schedule={schedule} />
      {waitingDueAt === null ? null : (
        <Explain>The run of {formatTime(instantMs(waitingDueAt), zone)} waits for the end of the one before.</Explain>
      )}
      {eventType === null ? <Explain warning>Its event type is gone, so that every run is skipped.</Explain> : null}
      {pinnedSink && pinnedSink.status !== 'ONLINE' ? (
        <Explain warning fix={{ word: 'Look at the sink', to: objectPath(tenant, pinnedSink.id) ?? '.' }}>
          It is pinned to {pinnedSink.name}, which is {pinnedSink.status.toLowerCase()}: its events wait until it is
          back.
        </Explain>
      ) : null}
      {pauseAfterFailures !== null && failuresInRow > 0 && status === 'on' ? (
        <Explain warning>
          Its last {failuresInRow === 1 ? 'event' : `${failuresInRow} events`} ended as ERROR; it pauses after{' '}
          {pauseAfterFailures} in a row.
        </Explain>
      ) : null}
    </>
  );
}

function PausedNotice({ schedule: { pausedAt, pausedBy, pauseNote, pausedUntil } }: { schedule: ListedSchedule }) {
  return (
    <Explain warning>
      Paused{pausedBy ? ` by ${pausedBy}` : ''}
      {pausedAt ? (
        <>
          {' '}
          <TimeText at={pausedAt} />
        </>
      ) : null}
      {pauseNote ? `: ${pauseNote}` : ''}. Runs that are due meanwhile are skipped.{' '}
      {pausedUntil ? (
        <>
          It goes on by itself <TimeLeft at={pausedUntil} />.
        </>
      ) : (
        'It stays so until somebody resumes it.'
      )}
    </Explain>
  );
}

function SkipNotice({ schedule: { id, skipDueAt, timeZone } }: { schedule: ListedSchedule }) {
  const { run, busy } = useScheduleAction(id);
  const mayOperate = useMay()('schedules.operate');
  if (skipDueAt === null) return null;
  const at = instantMs(skipDueAt);
  return (
    <div className="notice-with-button">
      <Explain>
        The run of {formatDay(at, timeZone)}, {formatTime(at, timeZone)} ({timeZone}) is to be skipped.
      </Explain>
      {mayOperate ? (
        <button type="button" className="button" disabled={busy} onClick={() => run('unskip')}>
          Run it after all
        </button>
      ) : null}
    </div>
  );
}
