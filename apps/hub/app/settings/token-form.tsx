import { getFormProps, useForm } from '@conform-to/react';
import type { Problem } from '@nexomatic/contracts/error-code';
import { permissions } from '@nexomatic/contracts/permission';
import { Form } from '@remix-run/react';
import { useState } from 'react';
import type { FormReply } from '../components/form/form-reply.server.ts';
import { FormSection } from '../components/form/form-section.tsx';
import { RadioCards } from '../components/form/radio-cards.tsx';
import { SaveBar } from '../components/form/save-bar.tsx';
import { SelectField } from '../components/form/select-field.tsx';
import { TextField } from '../components/form/text-field.tsx';
import { ProblemBanner } from '../components/problem-banner.tsx';
import type { TokenForm } from './token-form-schema.server.ts';
import { tokenPermissions, tokenPresets } from './token-presets.ts';

const labels = { name: 'Name', preset: 'May', expires: 'Ends' };
const custom = { value: 'custom', label: 'Chosen one by one', help: 'For a program that needs just these.' };

/** What a new token is called, what it may do and when it ends. */
export function TokenFields({
  reply,
  cancelTo,
}: {
  reply: (FormReply & { problem?: Problem }) | undefined;
  cancelTo: string;
}) {
  const [form, fields] = useForm<TokenForm>({
    id: 'token',
    lastResult: reply?.result,
    defaultValue: { name: '', preset: 'fire', expires: '90' },
    constraint: { name: { required: true, maxLength: 100 }, preset: { required: true }, expires: { required: true } },
  });
  const [preset, setPreset] = useState('fire');
  return (
    <Form
      method="post"
      className="form"
      {...getFormProps(form)}
      onChange={(event) => {
        const { target } = event;
        if (target instanceof HTMLInputElement && target.name === fields.preset.name) setPreset(target.value);
      }}
    >
      <ProblemBanner problem={reply?.problem} />
      <FormSection title="Token" description="Its value is shown once, when it has been made.">
        <TextField
          field={fields.name}
          label={labels.name}
          placeholder="CI of the web shop"
          help="Which program uses it."
          autoFocus
        />
        <SelectField
          field={fields.expires}
          label={labels.expires}
          options={[
            { value: '30', label: 'in 30 days' },
            { value: '90', label: 'in 90 days' },
            { value: '365', label: 'in a year' },
            { value: 'never', label: 'never' },
          ]}
          help="A token that somebody finds later is worth less when it ends by itself."
        />
      </FormSection>
      <FormSection title="What it may do" description="Give it no more than its program needs.">
        <RadioCards
          field={fields.preset}
          label={labels.preset}
          options={[...tokenPresets.map(({ value, label, help }) => ({ value, label, help })), custom]}
        />
        <fieldset className="form-field" hidden={preset !== 'custom'} disabled={preset !== 'custom'}>
          <legend className="form-label">Permissions</legend>
          <div className="scope-list">
            {tokenPermissions.map((permission) => (
              <label key={permission} className="form-check">
                <input type="checkbox" name={fields.scopes.name} value={permission} />
                <span className="min-w-0">
                  {permissions[permission]} <code className="text-faint text-xs">{permission}</code>
                </span>
              </label>
            ))}
          </div>
          {fields.scopes.errors ? (
            <p className="form-error" role="alert">
              {fields.scopes.errors.join('; ')}
            </p>
          ) : null}
        </fieldset>
      </FormSection>
      <SaveBar form={form} labels={labels} cancelTo={cancelTo} saveWord="Make token" />
    </Form>
  );
}
