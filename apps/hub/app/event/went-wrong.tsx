import type { EventDetail } from '@nexomatic/contracts/event-api';
import { Link } from '@remix-run/react';
import { reasonTexts } from '../components/reasons.ts';
import { StateIcon } from '../components/state-icon.tsx';

/** The sentence that an event needs when it didn't simply succeed: what happened, why it waits, and what to do. */
export function WentWrong({ event }: { event: EventDetail }) {
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

function wordsOf(event: EventDetail): { title: string; line: string | null; advice: string | null } | null {
  const advice = event.reason ? reasonTexts[event.reason].advice : null;
  if (event.state === 'ERROR') return { title: 'What went wrong', line: event.message, advice };
  if (event.state === 'WARNING') return { title: 'Completed with a warning', line: event.message, advice };
  if (event.state === 'QUEUED') {
    const waits = 'It starts by itself as soon as a sink of its type is online and has a free slot.';
    return {
      title: event.attempt > 0 ? 'Waiting for another attempt' : 'Waiting for a sink',
      line: event.message,
      advice: advice ?? waits,
    };
  }
  return null;
}
