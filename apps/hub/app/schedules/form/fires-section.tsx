import { Explain } from '../../components/explain.tsx';
import { ComboboxField } from '../../components/form/combobox-field.tsx';
import { FormSection } from '../../components/form/form-section.tsx';
import { JsonField } from '../../components/form/json-field.tsx';
import { TextAreaField } from '../../components/form/text-area-field.tsx';
import { TextField } from '../../components/form/text-field.tsx';
import type { ScheduleChoices } from './schedule-choices.server.ts';
import { scheduleLabels as labels, type ScheduleFields } from './schedule-fields.ts';

interface FiresSectionProps extends ScheduleChoices {
  fields: ScheduleFields;
  payloadFaults: readonly string[];
}

/** What a schedule fires, with which payload, and where it runs. */
export function FiresSection({ fields, eventTypes, sinks, payloadFaults }: FiresSectionProps) {
  const pinned = sinks.find(({ value }) => value === fields.pinnedSinkId.value);
  return (
    <FormSection title="What it fires" description="An event of this type, with the same payload each time.">
      <TextField
        field={fields.name}
        label={labels.name}
        code
        autoFocus={!fields.name.initialValue}
        placeholder="nightly-report"
      />
      <ComboboxField
        field={fields.eventTypeId}
        label={labels.eventTypeId}
        options={eventTypes}
        placeholder="Choose an event type"
        empty="No event type has this name."
      />
      <JsonField field={fields.payload} label={labels.payload} rows={4} />
      {payloadFaults.length > 0 ? (
        <div aria-live="polite">
          <Explain warning>The schema of the event type refuses this payload: {payloadFaults.join('; ')}.</Explain>
        </div>
      ) : null}
      <ComboboxField
        field={fields.pinnedSinkId}
        label={labels.pinnedSinkId}
        options={sinks}
        placeholder="Any sink of its type"
        help="Its events wait while that sink is offline; no other takes them."
      />
      {pinned && pinned.status !== 'ONLINE' ? (
        <Explain warning>
          {pinned.label} is {pinned.status.toLowerCase()} now: events would wait until it is back.
        </Explain>
      ) : null}
      <TextAreaField field={fields.description} label={labels.description} rows={2} />
    </FormSection>
  );
}
