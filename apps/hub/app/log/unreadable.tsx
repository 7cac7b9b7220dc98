import { Archive, TriangleAlert } from '../components/icons.ts';
import type { ReadProblem } from './read-problem.ts';

interface UnreadableProps {
  problem: ReadProblem;
  tryNow: () => void;
}

const titleOf = ({ archive }: ReadProblem): string =>
  archive ? 'Archived, temporarily unavailable' : 'The log can not be read just now';

const Mark = ({ problem, size }: { problem: ReadProblem; size: number }) =>
  problem.archive ? <Archive size={size} aria-hidden="true" /> : <TriangleAlert size={size} aria-hidden="true" />;

/** Stands where the lines would, when none of them can be had. */
export function UnreadableLog({ problem, tryNow }: UnreadableProps) {
  return (
    <div className="log-empty" role="status">
      <p className="log-empty-title">
        <Mark problem={problem} size={16} />
        {titleOf(problem)}
      </p>
      <p>{problem.message}</p>
      <p>This page tries again by itself.</p>
      <button type="button" className="button" onClick={tryNow}>
        Try now
      </button>
    </div>
  );
}

/** Stands above lines that are there, when others can not be had. */
export function UnreadableLines({ problem, tryNow }: UnreadableProps) {
  return (
    <div className="log-notice" role="status">
      <Mark problem={problem} size={14} />
      <p>
        <strong>{titleOf(problem)}.</strong> {problem.message}
      </p>
      <button type="button" className="button" onClick={tryNow}>
        Try now
      </button>
    </div>
  );
}
