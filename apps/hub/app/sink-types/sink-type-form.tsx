import { getFormProps, type SubmissionResult, useForm } from '@conform-to/react';
import type { Problem } from '@nexomatic/contracts/error-code';
import type { SinkRuntime } from '@nexomatic/contracts/sink-protocol';
import type { SinkTypeSummary } from '@nexomatic/contracts/sink-type-api';
import { Form } from '@remix-run/react';
import { FormSection } from '../components/form/form-section.tsx';
import { RadioCards } from '../components/form/radio-cards.tsx';
import { SaveBar } from '../components/form/save-bar.tsx';
import { TextAreaField } from '../components/form/text-area-field.tsx';
import { TextField } from '../components/form/text-field.tsx';
import { ConflictNotice } from '../definitions/conflict-notice.tsx';
import { sinkTypeLabels as labels, runtimeWords, typeBody } from './sink-type-words.ts';

interface SinkTypeFormProps {
  /** The type that is edited; null makes one. */
  sinkType: SinkTypeSummary | null;
  reply: { result: SubmissionResult<string[]>; problem?: Problem; theirs?: SinkTypeSummary } | undefined;
  cancelTo: string;
}

interface FormShape {
  name: string;
  runtime: SinkRuntime;
  description: string;
}

/** Makes or changes a sink type. */
export function SinkTypeForm({ sinkType, reply, cancelTo }: SinkTypeFormProps) {
  const fixed = (sinkType?.sinks.total ?? 0) > 0;
  const [form, fields] = useForm<FormShape>({
    id: sinkType ? `sink-type-${sinkType.id}-${sinkType.version}` : 'sink-type-new',
    lastResult: reply?.result ?? null,
    shouldDirtyConsider: (name) => name !== 'version',
    defaultValue: sinkType ? typeBody(sinkType) : { runtime: 'PYTHON' },
    constraint: { name: { required: true, maxLength: 100 }, runtime: { required: true } },
  });
  return (
    <Form method="post" className="form" {...getFormProps(form)}>
      {sinkType ? <input type="hidden" name="version" value={sinkType.version} /> : null}
      {fixed && sinkType ? (
        <>
          <input type="hidden" name="name" value={sinkType.name} />
          <input type="hidden" name="runtime" value={sinkType.runtime} />
        </>
      ) : null}
      <ConflictNotice
        problem={reply?.problem}
        formId={form.id}
        before={sinkType && typeBody(sinkType)}
        theirs={reply?.theirs && typeBody(reply.theirs)}
        labels={labels}
      />
      <FormSection
        title="What kind of sinks?"
        description={
          fixed
            ? 'Name and runtime are fixed while there are sinks of the type: their queue bears its name.'
            : 'Sinks of one type stand in for each other: any of them may run an event of the type.'
        }
      >
        <TextField
          field={fields.name}
          label={labels.name}
          code
          placeholder="LINUX:PYTHON"
          disabled={fixed}
          help="Where they stand and what they run, for example LINUX:PYTHON or DMZ:POWERSHELL."
        />
        <RadioCards field={fields.runtime} label={labels.runtime} options={runtimeWords} disabled={fixed} />
        <TextAreaField field={fields.description} label={labels.description} rows={2} />
      </FormSection>
      <SaveBar form={form} labels={labels} {...(sinkType ? {} : { cancelTo, saveWord: 'Make sink type' })} />
    </Form>
  );
}
