import type { Problem } from '@nexomatic/contracts/error-code';
import { type ReactNode, useEffect, useRef } from 'react';
import { TriangleAlert } from './icons.ts';
import { RefList } from './ref-list.tsx';

/**
 * Why the hub refused what a form asked for: code, sentence, fields that no control shows, what refers to the thing, and the id
 * to quote. It takes the focus when it appears, so that nobody misses it.
 */
export function ProblemBanner(props: { problem: Problem | undefined; children?: ReactNode }) {
  const { problem, children } = props;
  const box = useRef<HTMLElement>(null);
  useEffect(() => {
    // A field that was refused has taken the focus already; it is the better place.
    if (problem && !document.activeElement?.matches('[aria-invalid="true"]')) box.current?.focus();
  }, [problem]);
  if (!problem) return null;
  const { title, detail, code, errors, references, requestId } = problem;
  return (
    <section ref={box} className="notice state-ERROR" aria-labelledby="problem-title" role="alert" tabIndex={-1}>
      <TriangleAlert aria-hidden="true" />
      <div className="min-w-0 flex-1 text-sm">
        <h2 id="problem-title">{detail || title}</h2>
        {code === 'conflict' ? <p className="text-muted">Your changes are kept here; nothing was saved.</p> : null}
        {errors && errors.length > 0 ? (
          <ul className="problem-errors">
            {errors.map(({ path, message }) => (
              <li key={`${path} ${message}`}>
                {path ? <code>{path}</code> : null} {message}
              </li>
            ))}
          </ul>
        ) : null}
        {references && references.length > 0 ? (
          <div className="mt-1.5">
            <RefList references={references} />
          </div>
        ) : null}
        {children ? <div className="mt-2 flex flex-wrap gap-2">{children}</div> : null}
        <p className="problem-id">
          {code}
          {requestId ? (
            <>
              {' · request '}
              <span className="break-all">{requestId}</span>
            </>
          ) : null}
        </p>
      </div>
    </section>
  );
}
