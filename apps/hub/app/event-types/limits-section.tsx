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

const numbers = [
  { name: 'maxAttempts', unit: 'at most', help: '1 tries once and never again.' },
  { name: 'backoffSeconds', unit: 'seconds', help: 'Before the second attempt; it doubles with each further one.' },
  {
    name: 'timeoutSeconds',
    unit: 'seconds',
    help: 'An attempt that runs longer is stopped and ends as ERROR timeout.',
  },
  {
    name: 'queueTtlSeconds',
    unit: 'seconds',
    help: 'An event that no sink takes in this time ends as ERROR expired. A week is 604800.',
  },
] as const;

/** How often and how long it may be tried. */
export function LimitsSection({ fields, limits, children }: LimitsSectionProps) {
  return (
    <FormSection
      title="Limits"
      description="How often an event is tried, how long an attempt may take, and how long it waits."
    >
      {numbers.map(({ name, unit, help }) => (
        <NumberField
          key={name}
          field={fields[name]}
          label={labels[name]}
          unit={unit}
          min={limits[name].min}
          max={limits[name].max}
          help={help}
        />
      ))}
      {children}
    </FormSection>
  );
}
