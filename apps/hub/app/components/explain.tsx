import { Link } from '@remix-run/react';
import type { ReactNode } from 'react';
import { Info, TriangleAlert } from './icons.ts';

interface ExplainProps {
  /** Why it is so, in one sentence (R8). */
  children: ReactNode;
  /** The way to change it. */
  fix?: { word: string; to: string };
  /** Something will go wrong, not only wait. */
  warning?: boolean;
}

/** Why something is as it is, and the link to what helps. */
export function Explain({ children, fix, warning = false }: ExplainProps) {
  const Icon = warning ? TriangleAlert : Info;
  return (
    <p className="explain" data-warning={warning || undefined}>
      <Icon size={14} aria-hidden="true" />
      <span>
        {warning ? <span className="sr-only">Warning: </span> : null}
        {children}{' '}
        {fix ? (
          <Link to={fix.to} className="link">
            {fix.word}
          </Link>
        ) : null}
      </span>
    </p>
  );
}
