import type { Problem } from '@nexomatic/contracts/error-code';
import type { FirstSteps } from '@nexomatic/contracts/overview-api';
import { useEffect, useState } from 'react';
import { Checklist } from '../components/checklist.tsx';
import { X } from '../components/icons.ts';
import { ProblemBanner } from '../components/problem-banner.tsx';
import { FireDemo } from './fire-demo.tsx';
import { stepItems } from './first-run-steps.tsx';
import { doneSteps, type Remembered, stepKeys } from './first-steps.ts';
import { forgetHidden, rememberStep } from './remember-step.ts';

interface FirstRunProps {
  facts: FirstSteps;
  known: readonly Remembered[];
  /** Asked for by its address, after it was put away. */
  asked: boolean;
  tenant: string;
  edgeUrl: string;
  problem: Problem | undefined;
}

/** The way into the product, which ticks itself. It can be put away, and comes back from the help. */
export function FirstRun({ facts, known, asked, tenant, edgeUrl, problem }: FirstRunProps) {
  const [hidden, setHidden] = useState(!asked && known.includes('hidden'));
  useEffect(() => {
    if (!asked) return;
    forgetHidden();
    setHidden(false);
  }, [asked]);
  useEffect(() => {
    // The hub looks at the latest attempts only; what was done once stays done.
    if (facts.edited) rememberStep('edit');
  }, [facts.edited]);
  if (hidden) return null;

  const done = doneSteps(facts, known);
  const count = stepKeys.filter((key) => done[key]).length;
  const all = count === stepKeys.length;
  function putAway(): void {
    rememberStep('hidden');
    setHidden(true);
  }
  return (
    <section className="card first-run" aria-label="First steps" data-done={all || undefined}>
      <header className="first-run-head">
        <h2>{all ? 'First steps: all done' : 'Your hub is running'}</h2>
        <span className="first-run-count">
          {count} of {stepKeys.length} done
        </span>
        <progress value={count} max={stepKeys.length} aria-label="First steps done" />
        <button
          type="button"
          className="icon-button"
          aria-label="Put the first steps away"
          title="Help brings them back"
          onClick={putAway}
        >
          <X size={14} aria-hidden="true" />
        </button>
      </header>
      {all ? null : (
        <>
          <ProblemBanner problem={problem} />
          <Checklist label="First steps" items={stepItems({ facts, done, tenant, edgeUrl })} />
          {facts.demo === null ? null : <FireDemo type={facts.demo.type} />}
        </>
      )}
    </section>
  );
}
