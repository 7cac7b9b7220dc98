import type { Problem } from '@nexomatic/contracts/error-code';
import { Form, useNavigation } from '@remix-run/react';
import { useState } from 'react';
import { EmptyState } from '../../components/empty-state.tsx';
import { KeyValue } from '../../components/key-value.tsx';
import { DangerDialog } from '../../components/overlay/danger-dialog.tsx';
import { ProblemBanner } from '../../components/problem-banner.tsx';
import { formatDay, formatTime, instantMs } from '../../time/format-time.ts';
import { countRuns } from '../pile-up/quarters.ts';

export interface BackfillData {
  /** What the address asks for, as times of the schedule's zone. */
  asked: { from: string; to: string };
  preview: { count: number; first: string | null; last: string | null; alreadyFired: number } | null;
  problem: Problem | null;
  /** Most that fire at once. */
  limit: number;
}

/** Above this the number has to be typed. */
const typedAbove = 100;

/** Fires the runs of a window that has passed, after showing how many they are. */
export function BackfillPanel({ data, timeZone }: { data: BackfillData; timeZone: string }) {
  const { asked, preview, problem } = data;
  const busy = useNavigation().state !== 'idle';
  return (
    <>
      <section className="card panel stack" aria-labelledby="backfill-title">
        <h2 id="backfill-title">Fire the runs of a past window</h2>
        <p className="text-muted text-sm">
          For runs that were skipped, or were due before the schedule was made. Those that have fired do not fire again.
          Each event gets the payload that the schedule has now.
        </p>
        <Form method="get" className="backfill-form">
          <label className="form-field">
            <span className="form-label">From</span>
            <input type="datetime-local" name="from" className="input" required defaultValue={asked.from} />
          </label>
          <label className="form-field">
            <span className="form-label">To</span>
            <input type="datetime-local" name="to" className="input" required defaultValue={asked.to} />
          </label>
          <button type="submit" className="button" disabled={busy}>
            Preview
          </button>
        </Form>
        <p className="form-help">Times of the schedule’s zone, {timeZone}.</p>
        <ProblemBanner problem={problem ?? undefined} />
      </section>
      <div aria-live="polite">{preview ? <Found data={data} preview={preview} timeZone={timeZone} /> : null}</div>
    </>
  );
}

interface FoundProps {
  data: BackfillData;
  preview: NonNullable<BackfillData['preview']>;
  timeZone: string;
}

function Found({ data, preview: { count, first, last, alreadyFired }, timeZone }: FoundProps) {
  const [asking, setAsking] = useState(false);
  const { asked, limit } = data;
  const text = (at: string | null): string =>
    at === null ? '–' : `${formatDay(instantMs(at), timeZone)}, ${formatTime(instantMs(at), timeZone)}`;
  if (count === 0)
    return (
      <section className="card">
        <EmptyState title="Nothing to fire in this window">
          {alreadyFired > 0 ? `All of its ${countRuns(alreadyFired)} have fired.` : 'No run was due within it.'}
        </EmptyState>
      </section>
    );
  const tooMany = count > limit;
  return (
    <section className="card panel stack" aria-label="What would fire">
      <KeyValue
        items={[
          {
            name: 'Would fire',
            value: <strong>{tooMany ? `more than ${countRuns(limit)}` : countRuns(count)}</strong>,
          },
          { name: 'First', value: text(first) },
          { name: 'Last', value: text(last) },
          alreadyFired > 0 ? { name: 'Have fired already', value: countRuns(alreadyFired) } : null,
        ]}
      />
      {tooMany ? (
        <p className="text-muted text-sm">No more than {countRuns(limit)} fire at once: choose a shorter window.</p>
      ) : (
        <div>
          <button type="button" className="button-primary" onClick={() => setAsking(true)}>
            Fire {countRuns(count)}…
          </button>
        </div>
      )}
      <DangerDialog
        open={asking}
        onOpenChange={setAsking}
        title={`Fire ${countRuns(count)}?`}
        word="Fire"
        fields={{ from: asked.from, to: asked.to, count: String(count) }}
        typeName={count > typedAbove ? String(count) : undefined}
      >
        Each becomes an event now, from {text(first)} to {text(last)}, in that order.
      </DangerDialog>
    </section>
  );
}
