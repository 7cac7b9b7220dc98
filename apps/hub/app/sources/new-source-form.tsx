import { getFormProps, type SubmissionResult, useForm } from '@conform-to/react';
import type { SourceKind } from '@nexomatic/contracts/definition-api';
import type { Problem } from '@nexomatic/contracts/error-code';
import type { SourceTypeSummary } from '@nexomatic/contracts/source-api';
import { Form, Link, useParams } from '@remix-run/react';
import { type Choice, ComboboxField } from '../components/form/combobox-field.tsx';
import { FormSection } from '../components/form/form-section.tsx';
import { RadioCards } from '../components/form/radio-cards.tsx';
import { SaveBar } from '../components/form/save-bar.tsx';
import { SelectField } from '../components/form/select-field.tsx';
import { TextField } from '../components/form/text-field.tsx';
import { ProblemBanner } from '../components/problem-banner.tsx';
import { kindWords } from './source-kinds.tsx';
import { offeredSchemes, schemeWords } from './verify/scheme-words.ts';

const labels = { kind: 'Kind', name: 'Name', scheme: 'Sender', eventTypeId: 'Fires' };

const whatIsNext: Record<SourceKind, string> = {
  WEBHOOK: 'Its address is made for it, and shown once on the next page.',
  CUSTOM: 'A program names the event type with each event that it fires.',
  EVENT_GRID: 'Which subscription it pulls, and what it fires, is said on the next page.',
  SCHEDULER: 'Schedules fire in its name.',
};

interface NewSourceFormProps {
  sourceTypes: readonly SourceTypeSummary[];
  eventTypes: readonly Choice[];
  kind: SourceKind;
  reply: { result: SubmissionResult<string[]>; problem?: Problem } | undefined;
}

/** Two choices make a source: what sends, and what that fires. */
export function NewSourceForm({ sourceTypes, eventTypes, kind, reply }: NewSourceFormProps) {
  const { tenant = '' } = useParams();
  const [form, fields] = useForm<{ kind: SourceKind; name: string; scheme: string; eventTypeId: string | null }>({
    id: 'source-new',
    lastResult: reply?.result ?? null,
    defaultValue: { kind },
    constraint: { kind: { required: true }, name: { required: true, maxLength: 100 }, scheme: { required: true } },
  });
  const chosen = sourceTypes.find((type) => type.kind === fields.kind.value)?.kind ?? kind;
  const scheme = offeredSchemes.find((one) => one === fields.scheme.value);
  return (
    <Form method="post" className="form" {...getFormProps(form)}>
      <ProblemBanner problem={reply?.problem} />
      <FormSection title="What sends the events?" description="The kind of a source can not be changed later.">
        <RadioCards
          field={fields.kind}
          label={labels.kind}
          options={[...sourceTypes]
            .sort((a, b) => Number(a.unavailable !== null) - Number(b.unavailable !== null))
            .map(({ kind: value, description, unavailable }) => {
              const { word, Icon } = kindWords[value];
              return {
                value,
                label: word,
                icon: <Icon size={14} aria-hidden="true" />,
                help: unavailable ?? description,
                disabled: unavailable !== null,
              };
            })}
        />
      </FormSection>
      <FormSection title="What is it called?" description={whatIsNext[chosen]}>
        <TextField field={fields.name} label={labels.name} placeholder="github" code />
        {chosen === 'WEBHOOK' ? (
          <SelectField
            field={fields.scheme}
            label={labels.scheme}
            none="Choose who sends"
            options={offeredSchemes.map((value) => ({ value, label: schemeWords[value].word }))}
            help={
              scheme ? schemeWords[scheme].help : 'How its requests are told from forged ones. It can be changed later.'
            }
          />
        ) : null}
        {chosen === 'WEBHOOK' ? (
          <ComboboxField
            field={fields.eventTypeId}
            label={labels.eventTypeId}
            options={eventTypes}
            placeholder="Nothing yet"
            empty={
              <>
                No event type of that name. <Link to={`/t/${tenant}/event-types/new`}>Make one</Link>
              </>
            }
            help="The event type that each request fires. Routes can tell requests apart later; without any, requests are kept and fire nothing."
          />
        ) : null}
      </FormSection>
      <SaveBar form={form} labels={labels} cancelTo={`/t/${tenant}/sources`} saveWord="Make source" />
    </Form>
  );
}
