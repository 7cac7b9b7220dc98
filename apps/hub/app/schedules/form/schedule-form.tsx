import { getFormProps, type SubmissionResult, useForm } from '@conform-to/react';
import type { Problem } from '@nexomatic/contracts/error-code';
import type { ScheduleSummary } from '@nexomatic/contracts/schedule-api';
import { Form } from '@remix-run/react';
import { SaveBar } from '../../components/form/save-bar.tsx';
import { ConflictNotice } from '../../definitions/conflict-notice.tsx';
import { FiresSection } from './fires-section.tsx';
import { RulesSection } from './rules-section.tsx';
import type { ScheduleChoices } from './schedule-choices.server.ts';
import { scheduleLabels as labels, type ScheduleFormShape, scheduleFormValue } from './schedule-fields.ts';
import { usePreview } from './use-preview.ts';
import { WhenSection } from './when-section.tsx';

interface ScheduleFormProps extends ScheduleChoices {
  /** The schedule that is edited; null makes one. */
  schedule: ScheduleSummary | null;
  /** What a new one begins with. */
  start: Partial<ScheduleFormShape>;
  reply: { result: SubmissionResult<string[]>; problem?: Problem; theirs?: ScheduleSummary } | undefined;
  cancelTo: string;
}

/** Makes or changes a schedule, and shows all the time when it would run. */
export function ScheduleForm({ schedule, start, eventTypes, sinks, reply, cancelTo }: ScheduleFormProps) {
  const [form, fields] = useForm<ScheduleFormShape>({
    id: schedule ? `schedule-${schedule.id}-${schedule.version}` : 'schedule-new',
    lastResult: reply?.result ?? null,
    shouldDirtyConsider: (name) => name in labels,
    defaultValue: schedule ? scheduleFormValue(schedule) : start,
    constraint: {
      name: { required: true, maxLength: 100 },
      eventTypeId: { required: true },
      at: { required: true },
      timeZone: { required: true },
      jitterSeconds: { required: true },
      missedWindowMinutes: { required: true },
      overlap: { required: true },
      missed: { required: true },
      kind: { required: true },
      payload: { required: true },
      enabled: { required: true },
    },
  });
  const { preview, busy, askSoon } = usePreview(form.id);
  return (
    <Form method="post" className="form" {...getFormProps(form)} onInput={askSoon} onClick={askSoon}>
      {schedule ? (
        <>
          <input type="hidden" name="version" value={schedule.version} />
          {/* For the preview: which blackouts hold for it. */}
          <input type="hidden" name="scheduleId" value={schedule.id} />
        </>
      ) : null}
      <ConflictNotice
        problem={reply?.problem}
        formId={form.id}
        before={schedule && scheduleFormValue(schedule)}
        theirs={reply?.theirs && scheduleFormValue(reply.theirs)}
        labels={labels}
      />
      <FiresSection
        fields={fields}
        eventTypes={eventTypes}
        sinks={sinks}
        payloadFaults={preview?.payloadFaults ?? []}
      />
      <WhenSection fields={fields} preview={preview} busy={busy} />
      <RulesSection fields={fields} />
      <SaveBar form={form} labels={labels} {...(schedule ? {} : { cancelTo, saveWord: 'Make schedule' })} />
    </Form>
  );
}
