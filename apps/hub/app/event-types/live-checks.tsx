import type { CheckedEventType } from '@nexomatic/contracts/event-type-api';
import { CircleCheck, OctagonX, TriangleAlert } from '../components/icons.ts';
import { eventTypeLabels } from './event-type-fields.ts';

/** What a save would be refused for or warned of, while the form is filled in. */
export function LiveChecks({ checked }: { checked: CheckedEventType | undefined }) {
  const { errors = [], warnings = [] } = checked ?? {};
  return (
    <section className="live-checks" aria-label="Checks" aria-live="polite">
      {errors.map(({ path, message }) => (
        <p key={`${path} ${message}`} data-kind="error">
          <OctagonX size={14} aria-hidden="true" />
          <span>
            <strong>Can not be saved.</strong> {labelOf(path)}: {message}
          </span>
        </p>
      ))}
      {warnings.map(({ path, message }) => (
        <p key={`${path} ${message}`} data-kind="warning">
          <TriangleAlert size={14} aria-hidden="true" />
          <span>
            <strong>Warning.</strong> {labelOf(path)}: {message}
          </span>
        </p>
      ))}
      {checked && errors.length === 0 && warnings.length === 0 ? (
        <p data-kind="fine">
          <CircleCheck size={14} aria-hidden="true" />
          <span>Nothing to warn of.</span>
        </p>
      ) : null}
    </section>
  );
}

const inner: Record<string, string> = {
  name: 'name',
  module: 'module',
  onSuccessId: 'on success',
  onFailureId: 'on failure',
};

/** "Parameters, row 2" for `parameters[1].value`, "New action, module" for `newAction.module`. */
export function labelOf(path: string): string {
  const [, first = path, index, rest = ''] = /^(\w+)(?:\[(\d+)\])?(?:\.(.+))?$/.exec(path) ?? [];
  const labels: Record<string, string> = eventTypeLabels;
  const label = labels[first] ?? first;
  if (index !== undefined) return `${label}, row ${Number(index) + 1}`;
  return rest === '' ? label : `${label}, ${inner[rest] ?? rest}`;
}
