import type { Warning } from '@nexomatic/contracts/definition-api';
import { useEffect, useRef } from 'react';
import { TriangleAlert } from '../components/icons.ts';

interface WarningNoticeProps {
  warnings: readonly Warning[] | undefined;
  /** Of the form that was stopped for them: shows the button that saves all the same, and takes the focus. */
  formId?: string;
  /** How fields are called, and which keys the parameters have: a path says little to people. */
  labels?: Record<string, string>;
  parameterKeys?: readonly string[];
}

/** What may go wrong later with a definition. Before a save it asks whether that is meant; it never hinders. */
export function WarningNotice({ warnings, formId, labels = {}, parameterKeys = [] }: WarningNoticeProps) {
  const box = useRef<HTMLElement>(null);
  useEffect(() => {
    if (formId !== undefined && warnings && warnings.length > 0) box.current?.focus();
  }, [warnings, formId]);
  if (!warnings || warnings.length === 0) return null;
  return (
    <section ref={box} className="notice state-WARNING" aria-labelledby="warning-title" tabIndex={-1}>
      <TriangleAlert aria-hidden="true" />
      <div className="min-w-0 flex-1 text-sm">
        <h2 id="warning-title">
          {formId === undefined ? 'This needs attention' : 'Nothing is saved yet: is this meant?'}
        </h2>
        <ul className="problem-errors">
          {warnings.map(({ path, message }) => (
            <li key={`${path} ${message}`}>
              <strong>{placeOf(path, labels, parameterKeys)}</strong>: {message}
            </li>
          ))}
        </ul>
        {formId === undefined ? null : (
          <button type="submit" form={formId} name="acknowledged" value="on" className="button mt-2">
            Save all the same
          </button>
        )}
      </div>
    </section>
  );
}

/** What a path leads to, in words: the parameter by its key, a field by its label. */
function placeOf(path: string, labels: Record<string, string>, keys: readonly string[]): string {
  const index = /^parameters\[(\d+)\]/.exec(path)?.[1];
  if (index !== undefined) return `Parameter ${keys[Number(index)] ?? Number(index) + 1}`;
  return labels[path] ?? path;
}
