import type { FieldMetadata } from '@conform-to/react';
import { useNavigate } from '@remix-run/react';
import { useEffect } from 'react';
import { CopyAs } from '../components/copy-as.tsx';
import { ComboboxField } from '../components/form/combobox-field.tsx';
import { FormSection } from '../components/form/form-section.tsx';
import { JsonField } from '../components/form/json-field.tsx';
import { NumberField } from '../components/form/number-field.tsx';
import { TimeText } from '../time/time-text.tsx';
import { asProgram } from './as-program.ts';

interface FireFieldsProps {
  fields: {
    type: FieldMetadata<string>;
    payloadJson: FieldMetadata<string | undefined>;
    sink: FieldMetadata<string | undefined>;
    delaySeconds: FieldMetadata<unknown>;
  };
  types: { name: string; description: string; enabled: boolean }[];
  sinks: string[];
  /** The type that the address names, and whose last payload is in the form. */
  current: string;
  lastAt: string | null;
  hubUrl: string;
}

/** What is fired, with what, where and when; and the same as a program. */
export function FireFields({ fields, types, sinks, current, lastAt, hubUrl }: FireFieldsProps) {
  const navigate = useNavigate();
  const chosen = fields.type.value ?? '';
  useEffect(() => {
    if (chosen !== '' && chosen !== current)
      navigate(`?${new URLSearchParams({ type: chosen })}`, { replace: true, preventScrollReset: true });
  }, [chosen, current, navigate]);
  const text = (value: unknown): string => (typeof value === 'string' ? value : '');
  const draft = {
    type: chosen,
    payloadJson: text(fields.payloadJson.value),
    sink: text(fields.sink.value),
    delaySeconds: text(fields.delaySeconds.value),
  };
  return (
    <>
      <FormSection title="What" description="It is accepted at once, and you are led to the event.">
        <ComboboxField
          field={fields.type}
          label="Event type"
          placeholder="Choose an event type"
          options={types.map(({ name, description, enabled }) => ({
            value: name,
            label: name,
            hint: enabled ? description : 'disabled',
          }))}
          empty="No event type has this name."
        />
        <JsonField
          field={fields.payloadJson}
          label="Payload"
          help="JSON, stored digit for digit as it stands here."
          rows={12}
        />
        {lastAt === null ? null : (
          <p className="form-help">
            Prefilled with the payload of <TimeText at={lastAt} />.
          </p>
        )}
      </FormSection>
      <FormSection title="Where and when" description="Usually left alone.">
        <ComboboxField
          field={fields.sink}
          label="Sink"
          help="The only one that may run it; it waits while that sink is offline."
          placeholder="Any sink of its type"
          options={sinks.map((name) => ({ value: name, label: name }))}
        />
        <NumberField field={fields.delaySeconds} label="Start after" unit="seconds" min={0} />
      </FormSection>
      <FormSection title="From a program" description="The same with an API token.">
        <CopyAs code={asProgram(draft, hubUrl)} />
      </FormSection>
    </>
  );
}
