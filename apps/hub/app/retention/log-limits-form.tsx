import { getFormProps, useForm } from '@conform-to/react';
import type { TenantStorage } from '@nexomatic/contracts/tenant-api';
import { Form } from '@remix-run/react';
import { Explain } from '../components/explain.tsx';
import type { FormReply } from '../components/form/form-reply.server.ts';
import { FormSection } from '../components/form/form-section.tsx';
import { NumberField } from '../components/form/number-field.tsx';
import { SaveBar } from '../components/form/save-bar.tsx';
import { ProblemBanner } from '../components/problem-banner.tsx';
import { formatSize } from '../json/body-view.tsx';

const labels = { attemptMiB: 'Of one attempt', dayGiB: 'Of all attempts in a day' };

interface LogLimitsProps {
  storage: TenantStorage;
  /** What came of sending it, if that was refused. */
  reply: FormReply | undefined;
}

/** How much log is kept of what attempts write. */
export function LogLimitsForm({ storage: { version, logLimits }, reply }: LogLimitsProps) {
  const { rules, defaults, today } = logLimits;
  const [form, fields] = useForm<{ version: number; attemptMiB: string; dayGiB: string }>({
    id: `log-limits-${version}`,
    lastResult: reply?.result,
    defaultValue: { version, attemptMiB: String(rules.attemptMiB ?? ''), dayGiB: String(rules.dayGiB ?? '') },
  });
  return (
    <Form method="post" className="form" {...getFormProps(form)}>
      <ProblemBanner problem={reply?.problem} />
      <input type="hidden" name="section" value="limits" />
      <input type="hidden" name="version" value={version} />
      <FormSection
        title="How much log"
        description="What is written beyond is dropped, and the log says so where it begins. Events and results are not touched."
      >
        {today.full ? (
          <Explain warning>
            Logs of today have reached the limit. What attempts write is dropped until midnight UTC.
          </Explain>
        ) : null}
        <NumberField
          field={fields.attemptMiB}
          label={labels.attemptMiB}
          unit="MiB"
          min={1}
          max={256}
          placeholder={String(defaults.attemptMiB)}
          help="Attempts that run already may keep the limit that they began with."
        />
        <NumberField
          field={fields.dayGiB}
          label={labels.dayGiB}
          unit="GiB"
          min={0}
          max={100_000}
          placeholder={String(defaults.dayGiB)}
          help={`0 is no limit. Days are of UTC; today there were ${formatSize(today.logBytes)}.`}
        />
      </FormSection>
      <SaveBar form={form} labels={labels} saveWord="Save limits" />
    </Form>
  );
}
