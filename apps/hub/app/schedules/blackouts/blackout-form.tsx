import { getFormProps, type SubmissionResult, useForm } from '@conform-to/react';
import type { BlackoutSummary } from '@nexomatic/contracts/blackout-api';
import type { Problem } from '@nexomatic/contracts/error-code';
import { Form } from '@remix-run/react';
import { type Choice, ComboboxField } from '../../components/form/combobox-field.tsx';
import { FormSection } from '../../components/form/form-section.tsx';
import { RadioCards } from '../../components/form/radio-cards.tsx';
import { SaveBar } from '../../components/form/save-bar.tsx';
import { TextField } from '../../components/form/text-field.tsx';
import { TimezoneField } from '../../components/form/timezone-field.tsx';
import { ProblemBanner } from '../../components/problem-banner.tsx';
import { type BlackoutFormShape, blackoutFormValue, blackoutLabels as labels } from './blackout-fields.ts';
import { DaysField } from './days-field.tsx';

interface BlackoutFormProps {
  /** The window that is edited; null makes one. */
  blackout: BlackoutSummary | null;
  /** The schedule that a new one is for, if somebody came from its page. */
  scheduleId?: string | null;
  schedules: readonly Choice[];
  zone: string;
  reply: { result?: SubmissionResult<string[]>; problem?: Problem } | undefined;
  cancelTo: string;
}

/** Makes or changes a window in which runs are skipped. */
export function BlackoutForm({ blackout, scheduleId, schedules, zone, reply, cancelTo }: BlackoutFormProps) {
  const start = { kind: 'once', timeZone: zone, from: '22:00', until: '06:00', ...(scheduleId ? { scheduleId } : {}) };
  const [form, fields] = useForm<BlackoutFormShape>({
    id: blackout ? `blackout-${blackout.id}-${blackout.version}` : 'blackout-new',
    lastResult: reply?.result ?? null,
    shouldDirtyConsider: (name) => name.replace(/\[\d+\]$/, '') in labels,
    defaultValue: blackout ? blackoutFormValue(blackout, zone) : start,
    constraint: {
      name: { required: true, maxLength: 100 },
      kind: { required: true },
      fromDate: { required: true },
      untilDate: { required: true },
      from: { required: true },
      until: { required: true },
      days: { required: true },
      timeZone: { required: true },
    },
  });
  const weekly = fields.kind.value === 'weekly';
  return (
    <Form method="post" className="form" {...getFormProps(form)}>
      {blackout ? <input type="hidden" name="version" value={blackout.version} /> : null}
      <ProblemBanner problem={reply?.problem} />
      <FormSection title="What it is" description="Runs that are due within it are skipped, and say why.">
        <TextField field={fields.name} label={labels.name} placeholder="Release freeze" autoFocus={blackout === null} />
        <ComboboxField
          field={fields.scheduleId}
          label={labels.scheduleId}
          options={schedules}
          placeholder="Every schedule"
          empty="No schedule has this name."
        />
      </FormSection>
      <FormSection title="When">
        <RadioCards
          field={fields.kind}
          label={labels.kind}
          options={[
            { value: 'once', label: 'Once', help: 'From one date to another' },
            { value: 'weekly', label: 'Every week', help: 'On some days, at some hours' },
          ]}
        />
        {weekly ? (
          <>
            <DaysField field={fields.days} label={labels.days} />
            <div className="form-row">
              <TextField field={fields.from} label={labels.from} type="time" />
              <TextField
                field={fields.until}
                label={labels.until}
                type="time"
                help="Not after the beginning: it ends on the next day."
              />
            </div>
          </>
        ) : (
          <div className="form-row">
            <TextField field={fields.fromDate} label={labels.fromDate} type="datetime-local" />
            <TextField field={fields.untilDate} label={labels.untilDate} type="datetime-local" />
          </div>
        )}
        <TimezoneField field={fields.timeZone} label={labels.timeZone} />
      </FormSection>
      <SaveBar form={form} labels={labels} {...(blackout ? {} : { cancelTo, saveWord: 'Make window' })} />
    </Form>
  );
}
