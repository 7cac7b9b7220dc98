import type { Problem } from '@nexomatic/contracts/error-code';
import { DiffFields } from '../components/diff-fields.tsx';
import { ProblemBanner } from '../components/problem-banner.tsx';

interface ConflictNoticeProps {
  problem: Problem | undefined;
  formId: string;
  /** What the form began with, and what stands now: the difference is what somebody else saved meanwhile. */
  before: object | null;
  theirs: object | undefined;
  labels: Record<string, string>;
}

/**
 * Why a save was refused. Where somebody else saved first, it shows what they changed and offers to save over it: the form
 * keeps what was written in it.
 */
export function ConflictNotice({ problem, formId, before, theirs, labels }: ConflictNoticeProps) {
  const version = problem?.code === 'conflict' ? problem.currentVersion : undefined;
  if (version === undefined || theirs === undefined) return <ProblemBanner problem={problem} />;
  return (
    <>
      <ProblemBanner problem={problem}>
        <button type="submit" form={formId} name="saveOver" value={version} className="button">
          Save mine over version {version}
        </button>
      </ProblemBanner>
      <section className="card p-4" aria-labelledby="theirs-title">
        <h2 id="theirs-title" className="mb-2 text-sm">
          What they changed
        </h2>
        <DiffFields before={before} after={theirs} labels={labels} />
      </section>
    </>
  );
}
