import { getFormProps, useForm } from '@conform-to/react';
import type { Problem } from '@nexomatic/contracts/error-code';
import { maxJoinTokenUses } from '@nexomatic/contracts/join-token-api';
import type { SinkTypeSummary } from '@nexomatic/contracts/sink-type-api';
import { Form, useParams } from '@remix-run/react';
import type { FormReply } from '../components/form/form-reply.server.ts';
import { FormSection } from '../components/form/form-section.tsx';
import { NumberField } from '../components/form/number-field.tsx';
import { RadioCards } from '../components/form/radio-cards.tsx';
import { SaveBar } from '../components/form/save-bar.tsx';
import { SelectField } from '../components/form/select-field.tsx';
import { TextField } from '../components/form/text-field.tsx';
import { ProblemBanner } from '../components/problem-banner.tsx';
import type { NewSinkForm as Values } from './new-sink-schema.server.ts';

const labels = { letInBy: 'Let in by', sinkTypeId: 'Type', uses: 'How many', name: 'Name', labels: 'Labels' };

interface NewSinkFormProps {
  types: readonly Pick<SinkTypeSummary, 'id' | 'name' | 'runtime'>[];
  reply: (FormReply & { problem?: Problem }) | undefined;
}

/** What the machines that join are to be. */
export function NewSinkForm({ types, reply }: NewSinkFormProps) {
  const { tenant = '' } = useParams();
  const [form, fields] = useForm<Values>({
    id: 'new-sink',
    lastResult: reply?.result,
    defaultValue: { letInBy: 'keys', sinkTypeId: types[0]?.id ?? '', uses: '1', name: '', labels: '' },
    constraint: { sinkTypeId: { required: true }, uses: { required: true } },
  });
  return (
    <Form method="post" className="form" {...getFormProps(form)}>
      <ProblemBanner problem={reply?.problem} />
      <FormSection
        title="The sink"
        description="The next page shows one line to run on the machine, or the token. Nothing has to be opened there: the agent dials out."
      >
        <SelectField
          field={fields.sinkTypeId}
          label={labels.sinkTypeId}
          options={types.map(({ id, name, runtime }) => ({ value: id, label: `${name} (${runtime.toLowerCase()})` }))}
          help="Sinks of one type stand in for each other."
        />
        <RadioCards
          field={fields.letInBy}
          label={labels.letInBy}
          options={[
            {
              value: 'keys',
              label: 'Keys of its own',
              help: 'The machine joins by one line, and its keys never leave it. For everything that has a disk.',
            },
            {
              value: 'token',
              label: 'A standing token',
              help: 'For containers that keep nothing. Whoever has the token is this sink until it is revoked.',
            },
          ]}
        />
        <NumberField
          field={fields.uses}
          label={labels.uses}
          min={1}
          max={maxJoinTokenUses}
          help="As many machines may join by the same line. A standing token is for one."
        />
        <TextField
          field={fields.name}
          label={labels.name}
          placeholder="web-01"
          help="Of a single sink. Left empty, the machine’s own name is taken; the name of a revoked sink brings that one back."
        />
        <TextField
          field={fields.labels}
          label={labels.labels}
          placeholder="zone=eu, rack=7"
          help="To tell machines apart by."
        />
      </FormSection>
      <SaveBar form={form} labels={labels} cancelTo={`/t/${tenant}/sinks`} saveWord="Continue" />
    </Form>
  );
}
