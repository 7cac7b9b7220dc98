import { getFormProps, type SubmissionResult, useForm } from '@conform-to/react';
import type { Problem } from '@nexomatic/contracts/error-code';
import type { SecretSummary } from '@nexomatic/contracts/secret-api';
import { Form } from '@remix-run/react';
import { FormSection } from '../components/form/form-section.tsx';
import { SaveBar } from '../components/form/save-bar.tsx';
import { TextAreaField } from '../components/form/text-area-field.tsx';
import { TextField } from '../components/form/text-field.tsx';
import { ProblemBanner } from '../components/problem-banner.tsx';

const labels = { name: 'Name', description: 'Description' };

interface SecretFormProps {
  /** The secret that is edited; null names one. */
  secret: SecretSummary | null;
  reply: { result: SubmissionResult<string[]>; problem?: Problem | undefined } | undefined;
  cancelTo: string;
}

/** Names a secret, or describes one. */
export function SecretForm({ secret, reply, cancelTo }: SecretFormProps) {
  const [form, fields] = useForm<{ name: string; description: string }>({
    id: secret ? `secret-${secret.id}-${secret.version}` : 'secret-new',
    lastResult: reply?.result ?? null,
    shouldDirtyConsider: (name) => name !== 'version',
    defaultValue: secret ? { name: secret.name, description: secret.description } : {},
    constraint: { name: { required: true, maxLength: 255 } },
  });
  return (
    <Form method="post" className="form" {...getFormProps(form)}>
      {secret ? (
        <>
          <input type="hidden" name="version" value={secret.version} />
          <input type="hidden" name="name" value={secret.name} />
        </>
      ) : null}
      <ProblemBanner problem={reply?.problem} />
      <FormSection title="How it is called" description="Parameters of kind Secret refer to it by its name.">
        <TextField
          field={fields.name}
          label={labels.name}
          code
          placeholder="API_TOKEN"
          disabled={secret !== null}
          help="Letters, digits and _, not beginning with a digit or NX_. It can not be changed later."
        />
        <TextAreaField field={fields.description} label={labels.description} rows={2} />
      </FormSection>
      <SaveBar form={form} labels={labels} {...(secret ? {} : { cancelTo, saveWord: 'Name secret' })} />
    </Form>
  );
}
