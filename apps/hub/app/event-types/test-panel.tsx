import { getFormProps, useForm } from '@conform-to/react';
import type { Problem } from '@nexomatic/contracts/error-code';
import type { DryRun, EventTypeSummary } from '@nexomatic/contracts/event-type-api';
import { Form, useNavigation } from '@remix-run/react';
import { JsonField } from '../components/form/json-field.tsx';
import { SelectField } from '../components/form/select-field.tsx';
import { ProblemBanner } from '../components/problem-banner.tsx';
import { DryRunResult } from './dry-run-result.tsx';

interface TestPanelProps {
  eventType: EventTypeSummary;
  /** What the payload begins with: the latest one, or an empty object. */
  payload: string;
  fromLatest: boolean;
  sinks: readonly { name: string; status: string }[];
  reply: { payload?: string; dry?: DryRun; problem?: Problem } | undefined;
}

/** Tries an event type: looks what a payload would give, or fires it for real and shows the event. */
export function TestPanel({ eventType, payload, fromLatest, sinks, reply }: TestPanelProps) {
  const pending = useNavigation().formMethod !== undefined;
  const [form, fields] = useForm<{ payload: string; sink: string }>({
    id: `test-${eventType.id}`,
    defaultValue: { payload: reply?.payload ?? payload },
  });
  return (
    <section className="card panel stack" aria-labelledby="test-title">
      <h2 id="test-title">Try it</h2>
      <Form method="post" className="form-fields" {...getFormProps(form)}>
        <ProblemBanner problem={reply?.problem} />
        <JsonField
          field={fields.payload}
          label="Payload"
          rows={10}
          help={fromLatest ? 'Begins with its latest payload.' : 'Any JSON value. It has had no payload yet.'}
        />
        <SelectField
          field={fields.sink}
          label="Sink"
          none={`Any sink of type ${eventType.sinkType.name}`}
          options={sinks.map(({ name, status }) => ({ value: name, label: `${name} (${status.toLowerCase()})` }))}
        />
        <div className="test-buttons">
          <button type="submit" name="intent" value="dry-run" className="button" disabled={pending}>
            Dry check
          </button>
          <button
            type="submit"
            name="intent"
            value="fire"
            className="button-primary"
            disabled={pending || !eventType.enabled}
          >
            Fire for real
          </button>
        </div>
        {eventType.enabled ? null : <p className="form-help">It is disabled; enable it to fire it for real.</p>}
      </Form>
      <div aria-live="polite">{reply?.dry ? <DryRunResult result={reply.dry} /> : null}</div>
    </section>
  );
}
