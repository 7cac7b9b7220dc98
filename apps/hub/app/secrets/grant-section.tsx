import type { SecretSummary } from '@nexomatic/contracts/secret-api';
import type { Choice } from '../components/form/combobox-field.tsx';
import type { FormField } from '../components/form/form-field.ts';
import { FormSection } from '../components/form/form-section.tsx';
import { TriangleAlert } from '../components/icons.ts';
import { GrantField } from './grant-field.tsx';
import { grantIds, secretLabels as labels } from './secret-fields.ts';

interface GrantSectionProps {
  fields: { eventTypeIds: FormField & { value?: unknown }; sinkTypeIds: FormField };
  choices: { eventTypes: readonly Choice[]; sinkTypes: readonly Choice[] };
  usedBy: SecretSummary['usedBy'];
}

/** Who may use a secret, and a word on those that do and would not be allowed to any more. */
export function GrantSection({ fields: { eventTypeIds, sinkTypeIds }, choices, usedBy }: GrantSectionProps) {
  const text = eventTypeIds.value ?? eventTypeIds.initialValue;
  const granted = grantIds(String(text));
  const left = usedBy.filter(({ id }) => id.startsWith('ety_') && granted && !(granted as string[]).includes(id));
  return (
    <FormSection title="Who may use it" description="An event outside of it ends as ERROR before any code runs.">
      <GrantField field={eventTypeIds} label={labels.eventTypeIds} options={choices.eventTypes} one="event type" />
      {left.length > 0 ? (
        <p className="form-error text-warning">
          <TriangleAlert size={14} aria-hidden="true" />
          <span>
            <span className="sr-only">Warning: </span>
            {left.map(({ name }) => name).join(', ')} {left.length === 1 ? 'uses' : 'use'} it and will no longer get it.
          </span>
        </p>
      ) : null}
      <GrantField field={sinkTypeIds} label={labels.sinkTypeIds} options={choices.sinkTypes} one="sink type" />
    </FormSection>
  );
}
