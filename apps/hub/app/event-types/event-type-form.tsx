import { getFormProps, parse, type SubmissionResult, useForm } from '@conform-to/react';
import type { Problem } from '@nexomatic/contracts/error-code';
import type { EventTypeBody } from '@nexomatic/contracts/event-type-api';
import { eventTypeLimits } from '@nexomatic/contracts/event-type-limits';
import { Form } from '@remix-run/react';
import { CheckboxField } from '../components/form/checkbox-field.tsx';
import { FormSection } from '../components/form/form-section.tsx';
import { SaveBar } from '../components/form/save-bar.tsx';
import { SelectField } from '../components/form/select-field.tsx';
import { SwitchField } from '../components/form/switch-field.tsx';
import { TextAreaField } from '../components/form/text-area-field.tsx';
import { TextField } from '../components/form/text-field.tsx';
import { ConflictNotice } from '../definitions/conflict-notice.tsx';
import { ParametersSection } from '../parameters/parameters-section.tsx';
import { RetentionFields } from '../retention/retention-fields.tsx';
import { ActionSection } from './action-section.tsx';
import { formValue, historyBody, eventTypeLabels as labels, sourceKindWords } from './event-type-fields.ts';
import { type EventTypeFormShape, newDefaults } from './event-type-form-shape.ts';
import type { FormChoices } from './form-choices.server.ts';
import { LimitsSection } from './limits-section.tsx';
import { LiveChecks } from './live-checks.tsx';
import { PayloadSection } from './payload-section.tsx';
import { useLiveCheck } from './use-live-check.ts';

interface EventTypeFormProps {
  /** The event type that is edited, or what a new one begins with. */
  eventType: EventTypeBody | null;
  /** Of the event type that is edited; a new one has none. */
  edited?: { id: string; version: number };
  choices: FormChoices;
  /** Keys of its latest payloads. */
  payloadPaths: readonly string[];
  reply: { result: SubmissionResult<string[]>; problem?: Problem; theirs?: EventTypeBody } | undefined;
  cancelTo: string;
}

/** Makes or changes an event type: one page, from who fires it to what it gets. */
export function EventTypeForm({ eventType, edited, choices, payloadPaths, reply, cancelTo }: EventTypeFormProps) {
  const [form, fields] = useForm<EventTypeFormShape, object>({
    id: edited ? `event-type-${edited.id}-${edited.version}` : 'event-type-new',
    lastResult: reply?.result ?? null,
    // Rows are added, moved and removed here; what the fields hold is for the hub to judge.
    onValidate: ({ formData }) => parse(formData, { resolve: () => ({ value: {} }) }),
    defaultValue: eventType ? formValue(eventType) : newDefaults(choices),
    constraint: {
      name: { required: true, maxLength: 100 },
      sinkTypeId: { required: true },
      maxAttempts: { required: true },
      backoffSeconds: { required: true },
      timeoutSeconds: { required: true },
      queueTtlSeconds: { required: true },
      actionId: { required: true },
      'newAction.name': { required: true, maxLength: 100 },
      'newAction.module': { required: true, maxLength: 200 },
    },
  });
  const { checked, askSoon } = useLiveCheck(form.id);
  return (
    <Form method="post" className="form" {...getFormProps(form)} onInput={askSoon} onClick={askSoon}>
      {edited ? <input type="hidden" name="version" value={edited.version} /> : null}
      {edited ? <input type="hidden" name="id" value={edited.id} /> : null}
      <ConflictNotice
        problem={reply?.problem}
        formId={form.id}
        before={eventType && historyBody(eventType, choices)}
        theirs={reply?.theirs && historyBody(reply.theirs, choices)}
        labels={labels}
      />
      <FormSection title="What it is" description="An event type is the name that events are fired by.">
        <TextField field={fields.name} label={labels.name} placeholder="deploy.app" code autoFocus={!edited} />
        <TextAreaField field={fields.description} label={labels.description} rows={2} />
        <SelectField
          field={fields.sourceKind}
          label={labels.sourceKind}
          none="Anything"
          options={Object.entries(sourceKindWords).map(([value, { label }]) => ({ value, label: `${label} only` }))}
          help="Follow-ons of a chain always may. People and programs with the right may get past it; the event shows who did."
        />
        <SwitchField
          field={fields.enabled}
          label={labels.enabled}
          help="While it is off nothing can fire it, and what waits stays waiting."
        />
      </FormSection>
      <ActionSection fields={fields} choices={choices} />
      <ParametersSection
        form={form}
        field={fields.parameters}
        payloadPaths={payloadPaths}
        secrets={choices.secrets}
        note="They win over those of the action with the same key."
      />
      <LimitsSection fields={fields} limits={eventTypeLimits}>
        <CheckboxField
          field={fields.rerunWhenLost}
          label={labels.rerunWhenLost}
          help="When a sink is lost in the middle of an attempt, run it again. Only for work that may happen twice."
        />
      </LimitsSection>
      <FormSection
        title="Kept for"
        description="What is left empty is as the tenant’s settings say (Settings › Storage). Days are counted from the end of an attempt; events themselves are never deleted."
      >
        <RetentionFields fields={fields.retention.getFieldset()} unset={() => 'as the tenant'} />
      </FormSection>
      <PayloadSection fields={fields} payloadPaths={payloadPaths} />
      <LiveChecks checked={checked} />
      <SaveBar
        form={form}
        labels={labels}
        {...(edited ? {} : { cancelTo })}
        saveWord={edited ? 'Save' : 'Make event type'}
      />
    </Form>
  );
}
