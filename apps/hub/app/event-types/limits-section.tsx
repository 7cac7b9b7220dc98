import type { eventTypeLimits } from '@nexomatic/contracts/event-type-limits';
import type { ReactNode } from 'react';
import { FormSection } from '../components/form/form-section.tsx';
import { NumberField } from '../components/form/number-field.tsx';
import { eventTypeLabels as labels } from './event-type-fields.ts';
import type { EventTypeFields } from './event-type-form-shape.ts';

interface LimitsSectionProps {
  fields: EventTypeFields;
  limits: typeof eventTypeLimits;
  children: ReactNode;
}

/** How often and how long it may be tried. */
export function LimitsSection({ fields, limits, children }: LimitsSectionProps) {
  return (
    <FormSection
      title="Limits"
      description="How often an event is tried, how long an attempt may take, and how long it waits."
    >
      <NumberField
        field={fields.maxAttempts}
        label={labels.maxAttempts}
        unit="at most"
        min={limits.maxAttempts.min}
        max={limits.maxAttempts.max}
        help="1 tries once and never again."
      />
      <NumberField
        field={fields.backoffSeconds}
        label={labels.backoffSeconds}
        unit="seconds"
        min={limits.backoffSeconds.min}
        max={limits.backoffSeconds.max}
        help="Before the second attempt; it doubles with each further one."
      />
      <NumberField
        field={fields.timeoutSeconds}
        label={labels.timeoutSeconds}
        unit="seconds"
        min={limits.timeoutSeconds.min}
        max={limits.timeoutSeconds.max}
        help="An attempt that runs longer is stopped and ends as ERROR timeout."
      />
      <NumberField
        field={fields.queueTtlSeconds}
        label={labels.queueTtlSeconds}
        unit="seconds"
        min={limits.queueTtlSeconds.min}
        max={limits.queueTtlSeconds.max}
        help="An event that no sink takes in this time ends as ERROR expired. A week is 604800."
      />
      {children}
    </FormSection>
  );
}
