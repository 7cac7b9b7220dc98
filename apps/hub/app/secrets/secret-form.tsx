import { getFormProps, type SubmissionResult, useForm } from '@conform-to/react';
import type { Problem } from '@nexomatic/contracts/error-code';
import type { SecretSummary } from '@nexomatic/contracts/secret-api';
import { secretNamePattern } from '@nexomatic/contracts/secret-limits';
import { Form, useSubmit } from '@remix-run/react';
import { type FormEvent, useState } from 'react';
import type { Choice } from '../components/form/combobox-field.tsx';
import { FormSection } from '../components/form/form-section.tsx';
import { SaveBar } from '../components/form/save-bar.tsx';
import { TextAreaField } from '../components/form/text-area-field.tsx';
import { TextField } from '../components/form/text-field.tsx';
import { ConflictNotice } from '../definitions/conflict-notice.tsx';
import { KeepingSection } from './end-to-end/keeping-section.tsx';
import { type KeyHolder, withKeys } from './end-to-end/key-holder.ts';
import { SealedTo } from './end-to-end/sealed-to.tsx';
import { SinkPickList } from './end-to-end/sink-pick-list.tsx';
import { useSinkPicks } from './end-to-end/use-sink-picks.ts';
import { GrantSection } from './grant-section.tsx';
import {
  comparedSecret,
  emptyForm,
  formValue,
  type KeptBy,
  secretLabels as labels,
  type SecretFormShape,
} from './secret-fields.ts';
import type { SinkKey, TenantKey } from './value/seal-value.ts';
import { useSealedSubmit } from './value/use-sealed-submit.ts';
import { useSecretValue } from './value/use-secret-value.ts';
import { ValueField } from './value/value-field.tsx';

/** What the hub answers to a form of a secret that it did not save. */
interface SecretReply {
  result: SubmissionResult<string[]>;
  problem?: Problem;
  theirs?: SecretSummary;
}

interface SecretFormProps {
  /** The secret that is edited; null makes one. */
  secret: SecretSummary | null;
  /** What a new one is called, where a parameter names it already. */
  name?: string;
  tenantId: string;
  tenantKey: TenantKey;
  /** What a value of this secret is sealed to, where it is end-to-end. */
  sealSinks: readonly SinkKey[];
  /** Of a new one: the sinks that it can be sealed to. */
  holders?: readonly KeyHolder[];
  choices: { eventTypes: readonly Choice[]; sinkTypes: readonly Choice[] };
  reply: SecretReply | undefined;
  cancelTo: string;
}

/** Makes a secret, or describes it and replaces its value in place. */
export function SecretForm(props: SecretFormProps) {
  const { secret, name = '', tenantId, tenantKey, sealSinks, holders = [], choices, reply, cancelTo } = props;
  const [form, fields] = useForm<SecretFormShape>({
    id: secret ? `secret-${secret.id}-${secret.version}` : 'secret-new',
    lastResult: reply?.result ?? null,
    shouldDirtyConsider: (field) => field in labels,
    defaultValue: secret ? formValue(secret) : emptyForm(name),
    constraint: { name: { required: true, maxLength: 255 } },
  });
  const value = useSecretValue();
  const picks = useSinkPicks();
  const submit = useSubmit();
  const [refused, setRefused] = useState(false);
  const current = reply?.theirs ?? secret;
  const chosen: string = (secret ? formValue(secret).keptBy : fields.keptBy.value) ?? 'hub';
  const keptBy: KeptBy = chosen === 'sinks' ? 'sinks' : 'hub';
  // A refusal tells the keys that there are now; they are shown to be compared, and nothing is sealed to them until then.
  const told = reply?.problem?.sealSinks;
  const sinks = secret ? (told ?? sealSinks) : picks.picked;
  const { sealing, submit: sealAndSubmit } = useSealedSubmit({
    ...{ value, target: keptBy === 'sinks' ? { sinks } : tenantKey, fresh: reply?.problem?.sealKey },
    placeOf: (data) => ({ tenant: tenantId, name: String(data.get('name')), version: current?.nextVersion ?? 1 }),
    send: (data) => submit(data, { method: 'post' }),
  });
  const { onSubmit: validate, ...formProps } = getFormProps(form);
  const valueId = `${form.id}-value`;
  const picksId = `${form.id}-sinks`;
  const isLacking = keptBy === 'sinks' && sinks.length === 0;
  const labelsField = <TextField field={fields.labels} label={labels.labels} placeholder="team=payments, stage=live" />;

  function clear(): void {
    value.clear();
    picks.clear();
  }
  function onSubmit(event: FormEvent<HTMLFormElement>): void {
    validate(event);
    if (event.defaultPrevented) return;
    event.preventDefault();
    const unfit = value.facts?.tooLong === true || (secret === null && value.facts === null);
    const unsealable = isLacking && value.facts !== null;
    setRefused(unfit || unsealable);
    const { submitter } = event.nativeEvent as SubmitEvent;
    if (unfit) document.getElementById(valueId)?.focus();
    else if (unsealable) document.getElementById(`${picksId}-add`)?.focus();
    else if (!sealing) void sealAndSubmit(new FormData(event.currentTarget, submitter));
  }

  return (
    <Form method="post" className="form" {...formProps} onSubmit={onSubmit} onReset={clear}>
      {secret ? (
        <>
          <input type="hidden" name="version" value={secret.version} />
          <input type="hidden" name="name" value={secret.name} />
        </>
      ) : null}
      <ConflictNotice
        problem={reply?.problem?.sealKey ? undefined : reply?.problem}
        formId={form.id}
        before={secret && comparedSecret(secret)}
        theirs={reply?.theirs && comparedSecret(reply.theirs)}
        labels={{ ...labels, value: 'Value' }}
      />
      {secret ? null : (
        <FormSection title="How it is called" description="Parameters of kind Secret refer to it by its key.">
          <TextField
            field={fields.name}
            label={labels.name}
            code
            autoFocus={name === ''}
            placeholder="API_TOKEN"
            help={
              <>
                Letters, digits and _, not beginning with a digit or NX_ (<code>{secretNamePattern.source}</code>). It
                can not be changed later.
              </>
            }
          />
          <TextAreaField field={fields.description} label={labels.description} rows={2} />
          {labelsField}
        </FormSection>
      )}
      {secret ? null : (
        <KeepingSection field={fields.keptBy}>
          {keptBy === 'sinks' ? (
            <SinkPickList id={picksId} holders={withKeys(holders, told)} picks={picks} missing={refused && isLacking} />
          ) : null}
        </KeepingSection>
      )}
      <FormSection title={secret ? 'Replace the value' : 'Its value'} description={valueText(secret)}>
        {secret?.endToEnd ? <SealedTo sinks={sinks} changed={told !== undefined} /> : null}
        <ValueField
          key={form.id}
          id={valueId}
          value={value}
          kept={secret && secret.valueVersion > 0 && secret.state !== 'lost' ? secret.valueVersion : null}
          required={secret === null}
          refused={refused && (value.facts === null || value.facts.tooLong)}
          opener={keptBy}
        />
      </FormSection>
      {secret ? (
        <FormSection title="What it is for">
          <TextAreaField field={fields.description} label={labels.description} rows={2} />
          {labelsField}
        </FormSection>
      ) : null}
      <GrantSection fields={fields} choices={choices} usedBy={secret?.usedBy ?? []} />
      <FormSection
        title="Reminder"
        description="Many tokens end some day. The hub only reminds you: the secret goes on working."
      >
        <TextField
          field={fields.expiresAt}
          label={labels.expiresAt}
          type="date"
          help="From two weeks before that day the list says that it expires soon."
        />
      </FormSection>
      <SaveBar
        form={withValue(form, value.facts !== null)}
        labels={{ ...labels, value: 'Value' }}
        {...(secret ? {} : { cancelTo })}
        saveWord={secret ? 'Save' : 'Save secret'}
      />
    </Form>
  );
}

function valueText(secret: SecretSummary | null): string {
  if (!secret || secret.valueVersion === 0) return 'Up to 48 KiB of text: a token, a password, a key in several lines.';
  return `Events that start from then on get the new value. ${
    secret.endToEnd
      ? 'The one of before is gone at once: of a secret that is end-to-end there is no way back.'
      : 'The one of before is kept for 30 minutes, in case you want to go back.'
  }`;
}

/** The form as its bar sees it: the value is no field of it and changes it all the same. */
function withValue(form: { id: string; dirty: boolean; getFieldset: () => object }, typed: boolean) {
  return {
    id: form.id,
    dirty: form.dirty || typed,
    getFieldset() {
      const fieldset = form.getFieldset() as Record<string, object>;
      const known = Object.keys(labels).map((name) => [name, fieldset[name]]);
      return { ...Object.fromEntries(known), value: { dirty: typed } };
    },
  };
}
