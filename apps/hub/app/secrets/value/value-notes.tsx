import { secretValueLimit, shortestMasked } from '@nexomatic/contracts/secret-limits';
import type { ReactNode } from 'react';
import { TriangleAlert } from '../../components/icons.ts';
import type { SecretValue } from './use-secret-value.ts';
import { countBytes } from './value-facts.ts';

const edgeWords = { begin: 'begins', end: 'ends', both: 'begins and ends' };

/** What stands in the way of a value, and what is seldom meant: said before it is saved. */
export function ValueNotes({ id, value, missing }: { id: string; value: SecretValue; missing: boolean }) {
  const { facts, fault } = value;
  return (
    <div id={id} className="value-notes" aria-live="polite">
      {missing ? <Note>Give it a value.</Note> : null}
      {fault === null ? null : <Note>{fault}</Note>}
      {facts?.tooLong ? (
        <Note>
          It has {countBytes(facts.bytes)}; {countBytes(secretValueLimit)} fit. Keep larger things where the sink can
          fetch them, and the way there here.
        </Note>
      ) : null}
      {facts?.short ? (
        <Note warning>
          Too short to mask: a module that prints it shows it. From {shortestMasked} characters on it is replaced by ***
          in logs and results.
        </Note>
      ) : null}
      {facts?.edges ? (
        <Note warning>
          It {edgeWords[facts.edges]} with a space or a line break, which belongs to the value.{' '}
          <button type="button" className="link" onClick={value.trim}>
            Take it away
          </button>
        </Note>
      ) : null}
    </div>
  );
}

const Note = ({ warning = false, children }: { warning?: boolean; children: ReactNode }) => (
  <p className={warning ? 'form-error text-warning' : 'form-error'}>
    <TriangleAlert size={14} aria-hidden="true" />
    <span>
      <span className="sr-only">{warning ? 'Warning: ' : null}</span>
      {children}
    </span>
  </p>
);
