import { getFormProps, type SubmissionResult, useForm } from '@conform-to/react';
import type { Problem } from '@nexomatic/contracts/error-code';
import type { SourceSummary } from '@nexomatic/contracts/source-api';
import { Form } from '@remix-run/react';
import { type Choice, ComboboxField } from '../components/form/combobox-field.tsx';
import { FormSection } from '../components/form/form-section.tsx';
import { SaveBar } from '../components/form/save-bar.tsx';
import { SwitchField } from '../components/form/switch-field.tsx';
import { TextAreaField } from '../components/form/text-area-field.tsx';
import { TextField } from '../components/form/text-field.tsx';
import { ConflictNotice } from '../definitions/conflict-notice.tsx';
import { comparedSource, sourceLabels as labels } from './source-fields.ts';

interface SourceFormProps {
  source: SourceSummary;
  eventTypes: readonly Choice[];
  reply: { result: SubmissionResult<string[]>; problem?: Problem; theirs?: SourceSummary } | undefined;
}

interface FormShape {
  name: string;
  description: string;
  eventTypeId: string | null;
  sniffJson: boolean;
}

/** Changes a source. */
export function SourceForm({ source, eventTypes, reply }: SourceFormProps) {
  const { name, description, eventTypeId, sniffJson } = source;
  const [form, fields] = useForm<FormShape>({
    id: `source-${source.id}-${source.version}`,
    lastResult: reply?.result ?? null,
    shouldDirtyConsider: (name) => name !== 'version',
    defaultValue: { name, description, eventTypeId, sniffJson },
    constraint: { name: { required: true, maxLength: 100 } },
  });
  return (
    <Form method="post" className="form" {...getFormProps(form)}>
      <input type="hidden" name="version" value={source.version} />
      <ConflictNotice
        problem={reply?.problem}
        formId={form.id}
        before={comparedSource(source)}
        theirs={reply?.theirs && comparedSource(reply.theirs)}
        labels={labels}
      />
      <FormSection title="Basics">
        <TextField field={fields.name} label={labels.name} code />
        <TextAreaField field={fields.description} label={labels.description} rows={2} />
      </FormSection>
      {source.kind === 'WEBHOOK' ? (
        <FormSection title="Requests" description="What becomes of a request to its address.">
          <ComboboxField
            field={fields.eventTypeId}
            label={labels.eventTypeId}
            options={eventTypes}
            placeholder="Nothing"
            help="The event type that each request fires. Without one, requests are answered with 404."
          />
          <SwitchField
            field={fields.sniffJson}
            label={labels.sniffJson}
            help="A body without a content type, or one that curl sends as a form, is taken when it is JSON. Off: only what is declared as JSON."
          />
        </FormSection>
      ) : sniffJson ? (
        <input type="hidden" name="sniffJson" value="on" />
      ) : null}
      <SaveBar form={form} labels={labels} />
    </Form>
  );
}
