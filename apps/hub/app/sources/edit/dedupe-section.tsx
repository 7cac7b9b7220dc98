import type { Scheme } from '@nexomatic/contracts/verification';
import type { FormField } from '../../components/form/form-field.ts';
import { FormSection } from '../../components/form/form-section.tsx';
import { NumberField } from '../../components/form/number-field.tsx';
import { RadioCards } from '../../components/form/radio-cards.tsx';
import { TextAreaField } from '../../components/form/text-area-field.tsx';
import { TextField } from '../../components/form/text-field.tsx';
import { schemeWords } from '../verify/scheme-words.ts';

interface DedupeSectionProps {
  scheme: Scheme;
  dedupe: { by: FormField & { value?: unknown }; header: FormField; pointers: FormField };
  days: FormField;
}

/** Which requests are one delivery: senders send again what they think was not received. */
export function DedupeSection({ scheme, dedupe, days }: DedupeSectionProps) {
  const by = dedupe.by.value ?? dedupe.by.initialValue;
  const { word, deliveryId } = schemeWords[scheme];
  return (
    <FormSection
      title="Repeated deliveries"
      description="A repeat is answered like the first, with the same event’s id, and fires nothing. It is counted under the first request."
    >
      <RadioCards
        field={dedupe.by}
        label="Repeats are told by"
        options={[
          {
            value: 'provider',
            label: 'The sender’s delivery id',
            help:
              deliveryId === null ? `${word} sends none: nothing is taken for a repeat.` : `${word}: ${deliveryId}.`,
          },
          { value: 'header', label: 'A header', help: 'For senders with a header of their own.' },
          { value: 'pointers', label: 'Values of the body', help: 'For example the order’s number and its state.' },
          { value: 'body', label: 'The whole body', help: 'The same bytes are the same delivery.' },
          { value: 'none', label: 'Nothing', help: 'Each request is a delivery of its own.' },
        ]}
      />
      {by === 'header' ? <TextField field={dedupe.header} label="Header" code placeholder="x-delivery-id" /> : null}
      {by === 'pointers' ? (
        <TextAreaField
          field={dedupe.pointers}
          label="JSON Pointers"
          code
          rows={2}
          placeholder={'/order/id\n/order/state'}
          help="One a line, five at most. All together are the id. A request in which one is missing counts as new."
        />
      ) : null}
      {by === 'none' ? (
        <input type="hidden" name={days.name} value={typeof days.initialValue === 'string' ? days.initialValue : '7'} />
      ) : (
        <NumberField field={days} label="Remembered for" unit="days" min={1} max={30} />
      )}
    </FormSection>
  );
}
