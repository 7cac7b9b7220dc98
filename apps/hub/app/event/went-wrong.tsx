import type { EventDetail } from '@nexomatic/contracts/event-api';
import { Link } from '@remix-run/react';
import { reasonTexts } from '../components/reasons.ts';
import { StateIcon } from '../components/state-icon.tsx';
import { objectPath } from '../frame/objects.ts';
import { TimeLeft } from '../time/time-left.tsx';
import { TimeText } from '../time/time-text.tsx';

/** The sentence that an event needs when it didn't simply succeed: what happened, why it waits, and what to do. */
export function WentWrong({ event, tenant }: { event: EventDetail; tenant: string }) {
  const words = wordsOf(event);
  if (!words) return null;
  const last = event.attempts.at(-1);
  return (
    <section className={`notice state-${event.state}`} aria-labelledby="notice-title">
      <StateIcon state={event.state} />
      <div className="min-w-0 flex-1">
        <h2 id="notice-title" className="text-sm">
          {words.title}
        </h2>
        {words.line ? <p className="notice-line">{words.line}</p> : null}
        {words.advice ? <p className="text-muted text-sm">{words.advice}</p> : null}
        <WaitingLinks event={event} tenant={tenant} />
        {last && event.state !== 'QUEUED' ? (
          <p className="mt-1.5 flex flex-wrap gap-x-4 text-muted text-xs">
            <span>
              module <code>{last.module}</code>
            </span>
            {last.exitCode === null ? null : <span>exit code {last.exitCode}</span>}
            <Link to="?tab=log" replace preventScrollReset className="link">
              Read the log
            </Link>
          </p>
        ) : null}
      </div>
    </section>
  );
}

/** What to look at so that it goes on, and when it does so by itself. */
function WaitingLinks({ event: { waiting }, tenant }: { event: EventDetail; tenant: string }) {
  if (!waiting) return null;
  const path = waiting.about ? objectPath(tenant, waiting.about.id) : null;
  return (
    <p className="mt-1.5 flex flex-wrap gap-x-4 text-muted text-xs">
      {waiting.until === null ? null : (
        <span>
          goes on <TimeLeft at={waiting.until} />
        </span>
      )}
      {waiting.since === null ? null : (
        <span>
          since <TimeText at={waiting.since} />
        </span>
      )}
      {path !== null && waiting.about ? (
        <Link to={path} className="link">
          Look at {waiting.about.name}
        </Link>
      ) : null}
    </p>
  );
}

function wordsOf(event: EventDetail): { title: string; line: string | null; advice: string | null } | null {
  const advice = event.reason ? reasonTexts[event.reason].advice : null;
  if (event.state === 'ERROR') return { title: 'What went wrong', line: event.message, advice };
  if (event.state === 'WARNING') return { title: 'Completed with a warning', line: event.message, advice };
  if (event.state === 'QUEUED') {
    return {
      title: event.attempt > 0 ? 'Why it waits for another attempt' : 'Why it waits',
      line: event.message,
      advice: event.waiting?.sentence ?? advice,
    };
  }
  if (event.cancelRequestedAt !== null) {
    const advice = 'The sink is told when it next renews its lease, and ends the module then.';
    return { title: 'Somebody asked to stop it', line: null, advice };
  }
  return null;
}
