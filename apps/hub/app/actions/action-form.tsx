import { getFormProps, type SubmissionResult, useForm } from '@conform-to/react';
import type { ActionBody } from '@nexomatic/contracts/action-api';
import type { Warning } from '@nexomatic/contracts/definition-api';
import type { Problem } from '@nexomatic/contracts/error-code';
import { Form, Link, useParams } from '@remix-run/react';
import { type Choice, ComboboxField } from '../components/form/combobox-field.tsx';
import { FormSection } from '../components/form/form-section.tsx';
import { SaveBar } from '../components/form/save-bar.tsx';
import { TextAreaField } from '../components/form/text-area-field.tsx';
import { TextField } from '../components/form/text-field.tsx';
import { ConflictNotice } from '../definitions/conflict-notice.tsx';
import { WarningNotice } from '../definitions/warning-notice.tsx';
import { ParametersSection } from '../parameters/parameters-section.tsx';
import type { ParameterRow } from '../parameters/row-values.ts';
import { rowsInBrowser } from '../parameters/rows-in-browser.ts';
import type { SecretChoice } from '../parameters/secret-picker.tsx';
import { formValue, historyBody, actionLabels as labels } from './action-fields.ts';

interface ActionFormProps {
  /** The action that is edited, or what a new one begins with. */
  action: ActionBody | null;
  /** Of the action that is edited; a new one has none. */
  edited?: { id: string; version: number };
  eventTypes: readonly Choice[];
  secrets: readonly SecretChoice[];
  reply:
    | { result: SubmissionResult<string[]>; problem?: Problem; warnings?: Warning[]; theirs?: ActionBody }
    | undefined;
  cancelTo: string;
}

interface FormShape {
  name: string;
  description: string;
  module: string;
  onSuccessId: string | null;
  onFailureId: string | null;
  parameters: ParameterRow[];
}

/** Makes or changes an action. */
export function ActionForm({ action, edited, eventTypes, secrets, reply, cancelTo }: ActionFormProps) {
  const { tenant = '' } = useParams();
  const [form, fields] = useForm<FormShape>({
    id: edited ? `action-${edited.id}-${edited.version}` : 'action-new',
    lastResult: reply?.result ?? null,
    onValidate: rowsInBrowser,
    shouldDirtyConsider: (name) => name !== 'version',
    defaultValue: action ? formValue(action) : {},
    constraint: { name: { required: true, maxLength: 100 }, module: { required: true, maxLength: 200 } },
  });
  const noneOfThem = (
    <>
      No event type of that name. <Link to={`/t/${tenant}/event-types/new`}>Make one</Link>
    </>
  );
  return (
    <Form method="post" className="form" {...getFormProps(form)}>
      {edited ? <input type="hidden" name="version" value={edited.version} /> : null}
      <ConflictNotice
        problem={reply?.problem}
        formId={form.id}
        before={action && historyBody(action, eventTypes)}
        theirs={reply?.theirs && historyBody(reply.theirs, eventTypes)}
        labels={labels}
      />
      <WarningNotice warnings={reply?.warnings} formId={form.id} labels={labels} />
      <FormSection title="What it runs" description="An action is used by any number of event types.">
        <TextField field={fields.name} label={labels.name} placeholder="deploy" code autoFocus={!edited} />
        <TextField
          field={fields.module}
          label={labels.module}
          code
          placeholder="my_module.runner"
          help="The import path of a Python function, or of a module that has a function run."
        />
        <TextAreaField field={fields.description} label={labels.description} rows={2} />
      </FormSection>
      <FormSection
        title="What follows"
        description="The event type that is fired when it has ended. Its payload is the result, or what went wrong."
      >
        <ComboboxField
          field={fields.onSuccessId}
          label={labels.onSuccessId}
          options={eventTypes}
          placeholder="Nothing"
          empty={noneOfThem}
          help="After SUCCESS and WARNING."
        />
        <ComboboxField
          field={fields.onFailureId}
          label={labels.onFailureId}
          options={eventTypes}
          placeholder="Nothing"
          empty={noneOfThem}
          help="After ERROR, once, when no further attempt is made."
        />
      </FormSection>
      <ParametersSection
        form={form}
        field={fields.parameters}
        secrets={secrets}
        note="An event type that has the same key wins."
      />
      <SaveBar
        form={form}
        labels={labels}
        {...(edited ? {} : { cancelTo })}
        saveWord={edited ? 'Save' : 'Make action'}
      />
    </Form>
  );
}
