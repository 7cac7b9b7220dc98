import { FormSection } from '../components/form/form-section.tsx';
import { JsonField } from '../components/form/json-field.tsx';
import { TextAreaField } from '../components/form/text-area-field.tsx';
import { eventTypeLabels as labels } from './event-type-fields.ts';
import type { EventTypeFields } from './event-type-form-shape.ts';

/** What a payload must look like, and by which of its values events can be found. */
export function PayloadSection({ fields, payloadPaths }: { fields: EventTypeFields; payloadPaths: readonly string[] }) {
  const known = payloadPaths.filter((path) => !path.startsWith('/')).slice(0, 8);
  return (
    <FormSection
      title="Payload"
      description={
        <>
          <p>A payload that does not pass the schema is refused with the place that is wrong, and nothing is stored.</p>
          <p className="mt-2">
            Patterns are RE2: no look-around and no back-references. <code>format</code> is a note and no check.
          </p>
        </>
      }
    >
      <JsonField
        field={fields.payloadSchema}
        label={labels.payloadSchema}
        rows={8}
        help="JSON Schema 2020-12, at most 32 KiB. Empty takes every payload."
      />
      <TextAreaField
        field={fields.searchKeys}
        label={labels.searchKeys}
        rows={3}
        help={
          <>
            Paths into the payload such as <code>order.id</code>, one a line, at most eight. Events can then be found by{' '}
            <code>payload.order.id:4711</code>.{known.length > 0 ? ` Lately seen: ${known.join(', ')}.` : null}
          </>
        }
      />
    </FormSection>
  );
}
