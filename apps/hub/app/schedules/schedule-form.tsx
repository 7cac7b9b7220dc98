import { getFormProps, type SubmissionResult, useForm } from '@conform-to/react';
import type { Problem } from '@nexomatic/contracts/error-code';
import type { ScheduleSummary } from '@nexomatic/contracts/schedule-api';
import { Form } from '@remix-run/react';
import { type Choice, ComboboxField } from '../components/form/combobox-field.tsx';
import { FormSection } from '../components/form/form-section.tsx';
import { JsonField } from '../components/form/json-field.tsx';
import { SaveBar } from '../components/form/save-bar.tsx';
import { TextAreaField } from '../components/form/text-area-field.tsx';
import { TextField } from '../components/form/text-field.tsx';
import { TimezoneField } from '../components/form/timezone-field.tsx';
import { ProblemBanner } from '../components/problem-banner.tsx';
import { CronField } from './cron/cron-field.tsx';

const labels = {
  name: 'Name',
  description: 'Description',
  eventTypeId: 'Fires',
  cron: 'When',
  timeZone: 'Time zone',
  payload: 'Payload',
  pinnedSinkId: 'Only on the sink',
};

interface ScheduleFormProps {
  /** The schedule that is edited; null makes one. */
  schedule: ScheduleSummary | null;
  eventTypes: readonly Choice[];
  sinks: readonly Choice[];
  reply: { result: SubmissionResult<string[]>; problem?: Problem | undefined } | undefined;
  cancelTo: string;
}

interface FormShape {
  name: string;
  description: string;
  eventTypeId: string;
  cron: string;
  timeZone: string;
  payload: string;
  pinnedSinkId: string | null;
}

/** Makes or changes a schedule. */
export function ScheduleForm({ schedule, eventTypes, sinks, reply, cancelTo }: ScheduleFormProps) {
  const [form, fields] = useForm<FormShape>({
    id: schedule ? `schedule-${schedule.id}-${schedule.version}` : 'schedule-new',
    lastResult: reply?.result ?? null,
    shouldDirtyConsider: (name) => name !== 'version',
    defaultValue: schedule ?? { timeZone: 'UTC', payload: 'null' },
    constraint: {
      name: { required: true, maxLength: 100 },
      eventTypeId: { required: true },
      cron: { required: true, maxLength: 200 },
      timeZone: { required: true },
    },
  });
  return (
    <Form method="post" className="form" {...getFormProps(form)}>
      {schedule ? <input type="hidden" name="version" value={schedule.version} /> : null}
      <ProblemBanner problem={reply?.problem} />
      <FormSection title="What it fires">
        <TextField field={fields.name} label={labels.name} code />
        <ComboboxField field={fields.eventTypeId} label={labels.eventTypeId} options={eventTypes} />
        <JsonField field={fields.payload} label={labels.payload} rows={4} />
        <ComboboxField
          field={fields.pinnedSinkId}
          label={labels.pinnedSinkId}
          options={sinks}
          placeholder="Any of the type"
        />
        <TextAreaField field={fields.description} label={labels.description} rows={2} />
      </FormSection>
      <FormSection title="When">
        <CronField field={fields.cron} label={labels.cron} />
        <TimezoneField field={fields.timeZone} label={labels.timeZone} />
      </FormSection>
      <SaveBar form={form} labels={labels} {...(schedule ? {} : { cancelTo, saveWord: 'Make schedule' })} />
    </Form>
  );
}
