import type { AuditSummary } from '@nexomatic/contracts/audit-api';
import type { BlackoutSummary } from '@nexomatic/contracts/blackout-api';
import type { Occurrence } from '@nexomatic/contracts/schedule-occurrence';
import type { PlannedRun } from '@nexomatic/contracts/schedule-preview';
import { Link, useParams } from '@remix-run/react';
import type { ReactNode } from 'react';
import { KeyValue } from '../../components/key-value.tsx';
import { useMay } from '../../frame/use-may.ts';
import { TimeText } from '../../time/time-text.tsx';
import { BlackoutTime } from '../blackouts/blackout-list.tsx';
import { HeatStrip } from '../history/heat-strip.tsx';
import { LatenessText } from '../history/lateness-text.tsx';
import type { ListedSchedule } from '../list/schedule-list.tsx';
import { NextRuns } from '../next-runs/next-runs.tsx';
import { missedWords } from '../schedule-words.ts';
import { NextActions } from './next-actions.tsx';
import { ScheduleSentence } from './schedule-sentence.tsx';

interface ScheduleOverviewProps {
  schedule: ListedSchedule;
  runs: readonly PlannedRun[];
  past: readonly Occurrence[];
  blackouts: readonly BlackoutSummary[];
  /** Null for those who may not read the audit log. */
  changes: readonly AuditSummary[] | null;
}

/** What a schedule does, when it runs next, and how it has done. */
export function ScheduleOverview({ schedule, runs, past, blackouts, changes }: ScheduleOverviewProps) {
  const { timeZone, status, missed, missedWindowMinutes, jitterSeconds, pauseAfterFailures, kind } = schedule;
  return (
    <>
      <ScheduleSentence schedule={schedule} />
      <div className="columns">
        <Panel title="Next runs" side={<NextActions schedule={schedule} />}>
          {runs.length > 0 ? (
            <NextRuns runs={runs.map(toldOf(schedule.skipDueAt))} timeZone={timeZone} caption="The next runs" />
          ) : (
            <p className="text-muted text-sm">{noRunText[status]}</p>
          )}
        </Panel>
        <div className="stack">
          <Panel title="History" side={past.length > 0 ? <PartLink to="runs">All runs</PartLink> : null}>
            <HeatStrip runs={past} />
          </Panel>
          <section className="card panel">
            <KeyValue
              items={[
                {
                  name: 'Planned to fired',
                  value: <LatenessText runs={past} jitterSeconds={jitterSeconds} />,
                },
                kind === 'at'
                  ? null
                  : {
                      name: 'Missed runs',
                      value: `${missedWords[missed].word}${missed === 'all' ? `, those of ${spanText(missedWindowMinutes)}` : ''}`,
                    },
                pauseAfterFailures === null
                  ? null
                  : { name: 'Pauses after', value: `${pauseAfterFailures} failures in a row` },
              ]}
            />
          </section>
          <Blackouts schedule={schedule} blackouts={blackouts} />
          {changes === null ? null : <Changes schedule={schedule} changes={changes} />}
        </div>
      </div>
    </>
  );
}

/** The run that somebody wants skipped says so. */
const toldOf =
  (skipDueAt: string | null) =>
  (run: PlannedRun): PlannedRun =>
    run.at === skipDueAt ? { ...run, note: 'To be skipped: somebody asked for it' } : run;

/** "the last 24 hours", "the last 90 minutes" */
const spanText = (minutes: number): string =>
  minutes % 60 === 0 ? `the last ${minutes / 60} hours` : `the last ${minutes} minutes`;

const noRunText = {
  on: 'No run is to come.',
  paused: 'It is paused: nothing fires until it goes on.',
  off: 'It is switched off.',
  ended: 'It has ended: no run is to come.',
} as const;

function Panel({ title, side, children }: { title: string; side: ReactNode; children: ReactNode }) {
  const id = `${title.toLowerCase().replaceAll(' ', '-')}-title`;
  return (
    <section className="card panel stack" aria-labelledby={id}>
      <div className="panel-head">
        <h2 id={id}>{title}</h2>
        {side}
      </div>
      {children}
    </section>
  );
}

const PartLink = ({ to, children }: { to: string; children: ReactNode }) => (
  <Link to={to} className="link text-sm">
    {children}
  </Link>
);

function Blackouts({ schedule, blackouts }: Pick<ScheduleOverviewProps, 'schedule' | 'blackouts'>) {
  const { tenant = '' } = useParams();
  const mayWrite = useMay()('definitions.write');
  const all = `/t/${tenant}/schedules/blackouts`;
  return (
    <Panel
      title="Blackout windows"
      side={mayWrite ? <PartLink to={`${all}/new?schedule=${schedule.id}`}>Add one</PartLink> : null}
    >
      {blackouts.length === 0 ? (
        <p className="text-muted text-sm">None holds for it.</p>
      ) : (
        <ul className="short-list two-lines">
          {blackouts.map((blackout) => (
            <li key={blackout.id}>
              <span className="min-w-0">
                <Link to={`${all}/${blackout.id}`} className="link">
                  {blackout.name}
                </Link>
                {blackout.active ? <strong className="text-warning"> now</strong> : null}
                <span className="block text-muted text-xs">
                  <BlackoutTime blackout={blackout} />
                </span>
              </span>
            </li>
          ))}
        </ul>
      )}
    </Panel>
  );
}

function Changes({ schedule, changes }: { schedule: ListedSchedule; changes: readonly AuditSummary[] }) {
  const { tenant = '' } = useParams();
  const log = `/t/${tenant}/audit?object=${schedule.id}`;
  return (
    <Panel title="Changes" side={<PartLink to={log}>Audit log</PartLink>}>
      <ul className="short-list">
        {changes.map(({ id, at, actor, action }) => (
          <li key={id}>
            <Link to={`${log}&entry=${id}`} className="link min-w-0 truncate">
              {action.replace('schedule.', '').replaceAll('_', ' ')}
            </Link>
            <span className="truncate text-muted">{actor.name}</span>
            <span className="ml-auto text-muted">
              <TimeText at={at} />
            </span>
          </li>
        ))}
      </ul>
    </Panel>
  );
}
