import { getFormProps, useForm } from '@conform-to/react';
import type { LogIndex } from '@nexomatic/contracts/log-index';
import type { TenantStorage } from '@nexomatic/contracts/tenant-api';
import { Form } from '@remix-run/react';
import type { FormReply } from '../components/form/form-reply.server.ts';
import { FormSection } from '../components/form/form-section.tsx';
import { RadioCards } from '../components/form/radio-cards.tsx';
import { SaveBar } from '../components/form/save-bar.tsx';
import { ProblemBanner } from '../components/problem-banner.tsx';

const options: { value: LogIndex; label: string; help: string }[] = [
  { value: 'all', label: 'All lines', help: 'Records and everything that modules print. Needs the most room.' },
  {
    value: 'records_and_stderr',
    label: 'Records and stderr',
    help: 'What modules print on stdout is found on the event’s own page alone.',
  },
  { value: 'records', label: 'Records', help: 'Output is found on the event’s own page alone.' },
  { value: 'nothing', label: 'Nothing', help: 'The Logs page finds no new lines while they stand in the database.' },
];

/** Which lines the search across events finds. */
export function LogIndexSection({
  storage: { version, logIndex },
  reply,
}: {
  storage: TenantStorage;
  reply: FormReply | undefined;
}) {
  const [form, fields] = useForm<{ version: number; logIndex: string }>({
    id: `log-index-${version}`,
    lastResult: reply?.result,
    defaultValue: { version, logIndex },
  });
  return (
    <Form method="post" className="form" {...getFormProps(form)}>
      <ProblemBanner problem={reply?.problem} />
      <input type="hidden" name="section" value="index" />
      <input type="hidden" name="version" value={version} />
      <FormSection
        title="What the search finds"
        description="Holds for what is written from now on. All of every log is kept and shown on its event’s page, whatever is chosen; a line that the search finds takes about forty times the work of one that it does not."
      >
        <RadioCards field={fields.logIndex} label="Lines" options={options} />
      </FormSection>
      <SaveBar form={form} labels={{ logIndex: 'Lines' }} saveWord="Save lines" />
    </Form>
  );
}
