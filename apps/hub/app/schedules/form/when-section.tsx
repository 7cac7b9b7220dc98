import { requiredField } from '../../components/form/form-field.ts';
import { FormSection } from '../../components/form/form-section.tsx';
import { RadioCards } from '../../components/form/radio-cards.tsx';
import { TextField } from '../../components/form/text-field.tsx';
import { TimezoneField } from '../../components/form/timezone-field.tsx';
import { CronField } from '../cron/cron-field.tsx';
import { PreviewPanel } from './preview-panel.tsx';
import { scheduleLabels as labels, type ScheduleFields } from './schedule-fields.ts';
import type { SchedulePreview } from './schedule-preview.ts';

interface WhenSectionProps {
  fields: ScheduleFields;
  preview: SchedulePreview | undefined;
  busy: boolean;
}

/** When it runs: again and again or once, in which zone, between which dates; and the runs that this gives. */
export function WhenSection({ fields, preview, busy }: WhenSectionProps) {
  const once = fields.kind.value === 'at';
  const faults = preview?.faults ?? {};
  const zone = fields.timeZone.value || 'UTC';
  return (
    <FormSection title="When" description="Times are those of the schedule’s own zone, summer and winter.">
      <RadioCards
        field={fields.kind}
        label={labels.kind}
        options={[
          { value: 'cron', label: 'Again and again', help: 'By a cron expression' },
          { value: 'at', label: 'Once', help: 'On a date, at a time' },
        ]}
      />
      {once ? (
        <TextField
          field={withFault(fields.at, faults.at)}
          label={labels.at}
          type="datetime-local"
          help={`In ${zone}.`}
        />
      ) : (
        <CronField field={fields.cron} label={labels.cron} fault={faults.cron} />
      )}
      <TimezoneField field={withFault(fields.timeZone, faults.timeZone)} label={labels.timeZone} />
      {once ? null : (
        <div className="form-row">
          <TextField
            field={optionalWithFault(fields.startsAt, faults.startsAt)}
            label={labels.startsAt}
            type="datetime-local"
          />
          <TextField
            field={optionalWithFault(fields.endsAt, faults.endsAt)}
            label={labels.endsAt}
            type="datetime-local"
          />
        </div>
      )}
      <PreviewPanel preview={preview} once={once} busy={busy} />
    </FormSection>
  );
}

/** The field with what the hub says of it while it is written, where the form itself has nothing to say. */
const withFault = (field: ScheduleFields['at'], fault: string | undefined) => ({
  ...requiredField(field),
  errors: field.errors ?? (fault ? [fault] : undefined),
});

const optionalWithFault = (field: ScheduleFields['at'], fault: string | undefined) => ({
  ...withFault(field, fault),
  required: false,
});
