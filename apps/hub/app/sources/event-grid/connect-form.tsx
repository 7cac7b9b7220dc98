import { getFormProps, type SubmissionResult, useForm } from '@conform-to/react';
import type { Problem } from '@nexomatic/contracts/error-code';
import type { EventGridStatus } from '@nexomatic/contracts/event-grid-api';
import { Form } from '@remix-run/react';
import { type Choice, ComboboxField } from '../../components/form/combobox-field.tsx';
import { requiredField } from '../../components/form/form-field.ts';
import { FormSection } from '../../components/form/form-section.tsx';
import { NumberField } from '../../components/form/number-field.tsx';
import { RadioCards } from '../../components/form/radio-cards.tsx';
import { SaveBar } from '../../components/form/save-bar.tsx';
import { TextField } from '../../components/form/text-field.tsx';
import { ProblemBanner } from '../../components/problem-banner.tsx';
import { authKinds, authWords } from './auth-words.ts';

const labels = {
  ...{ namespaceUrl: 'Namespace', topic: 'Topic', subscription: 'Subscription', auth: 'Signs in by' },
  ...{ directoryId: 'Directory (tenant) id', clientId: 'Application (client) id', credential: 'Credential' },
  ...{ eventTypeId: 'Fires', maxEvents: 'Events in a poll', maxWaitSeconds: 'Wait for events' },
};

interface ConnectFormProps {
  status: EventGridStatus;
  eventTypeId: string | null;
  eventTypes: readonly Choice[];
  backTo: string;
  reply: { result: SubmissionResult<string[]>; problem?: Problem } | undefined;
}

interface FormShape {
  namespaceUrl: string;
  topic: string;
  subscription: string;
  auth: string;
  directoryId: string;
  clientId: string;
  credential: string;
  eventTypeId: string | null;
  maxEvents: number;
  maxWaitSeconds: number;
}

/** Says which subscription a source pulls, and what it signs in with. */
export function ConnectForm({ status, eventTypeId, eventTypes, backTo, reply }: ConnectFormProps) {
  const { settings, credential, version } = status;
  const standing = settings?.auth;
  const [form, fields] = useForm<FormShape>({
    id: `event-grid-${version}`,
    lastResult: reply?.result ?? null,
    shouldDirtyConsider: (name) => name !== 'version',
    defaultValue: {
      ...{
        namespaceUrl: settings?.namespaceUrl ?? '',
        topic: settings?.topic ?? '',
        auth: standing?.kind ?? 'access_key',
      },
      ...{ subscription: settings?.subscription ?? '', eventTypeId },
      directoryId: standing && 'directoryId' in standing ? standing.directoryId : '',
      clientId: standing && 'clientId' in standing ? (standing.clientId ?? '') : '',
      ...{ maxEvents: settings?.maxEvents ?? 50, maxWaitSeconds: settings?.maxWaitSeconds ?? 60 },
    },
    constraint: {
      ...{ namespaceUrl: { required: true, maxLength: 300 }, topic: { required: true, maxLength: 50 } },
      ...{
        subscription: { required: true, maxLength: 50 },
        auth: { required: true },
        credential: { maxLength: 4_096 },
      },
      ...{ maxEvents: { required: true }, maxWaitSeconds: { required: true } },
    },
  });
  const auth = fields.auth.value ?? 'access_key';
  const words = auth === 'client_secret' ? 'Client secret' : 'Access key';
  const kept = credential && standing?.kind === auth;
  return (
    <Form method="post" className="form" {...getFormProps(form)}>
      <input type="hidden" name="version" value={version} />
      <ProblemBanner problem={reply?.problem} />
      <FormSection
        title="Where are the events?"
        description="A topic of an Event Grid namespace, and a subscription of it with the delivery mode Queue. A source pulls one subscription; give each source its own."
      >
        <TextField
          field={fields.namespaceUrl}
          label={labels.namespaceUrl}
          placeholder="orders.westeurope-1.eventgrid.azure.net"
          help="The HTTP host name, from the overview of the namespace."
          code
        />
        <TextField field={fields.topic} label={labels.topic} placeholder="orders" code />
        <TextField field={fields.subscription} label={labels.subscription} placeholder="nexomatic" code />
      </FormSection>
      <FormSection
        title="How does the hub sign in?"
        description="Whatever it shows Azure is wrapped before it is kept, and shown to nobody."
      >
        <RadioCards
          field={fields.auth}
          label={labels.auth}
          options={authKinds.map((value) => ({ value, label: authWords[value].word, help: authWords[value].help }))}
        />
        {auth === 'client_secret' ? (
          <TextField field={requiredField(fields.directoryId)} label={labels.directoryId} code />
        ) : null}
        {auth === 'access_key' ? null : (
          <TextField
            field={auth === 'client_secret' ? requiredField(fields.clientId) : fields.clientId}
            label={labels.clientId}
            help={
              auth === 'managed_identity' ? 'Of a user-assigned identity; nothing for the machine’s own.' : undefined
            }
            code
          />
        )}
        {auth === 'managed_identity' ? null : (
          <TextField
            field={kept ? fields.credential : requiredField(fields.credential)}
            label={words}
            type="password"
            autoComplete="new-password"
            help={
              kept
                ? `Left empty, the one${credential.hint ? ` that ends in ${credential.hint}` : ' of before'} is kept. Another namespace needs it again.`
                : undefined
            }
          />
        )}
      </FormSection>
      <FormSection
        title="What does it fire?"
        description="One event for each that is pulled; its payload is the CloudEvent."
      >
        <ComboboxField
          field={fields.eventTypeId}
          label={labels.eventTypeId}
          options={eventTypes}
          placeholder="Nothing yet"
          help="Without an event type nothing is pulled: events wait in Azure."
        />
      </FormSection>
      <FormSection title="How much at once?">
        <NumberField
          field={fields.maxEvents}
          label={labels.maxEvents}
          unit="events"
          min={1}
          max={100}
          help="They are in the hub’s memory together, up to 1 MB each."
        />
        <NumberField
          field={fields.maxWaitSeconds}
          label={labels.maxWaitSeconds}
          unit="seconds"
          min={10}
          max={120}
          help="How long Azure holds a poll that finds nothing; an event ends it at once."
        />
      </FormSection>
      <SaveBar form={form} labels={labels} {...(settings ? {} : { cancelTo: backTo, saveWord: 'Connect' })} />
    </Form>
  );
}
