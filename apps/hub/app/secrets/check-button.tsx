import type { Problem } from '@nexomatic/contracts/error-code';
import type { SecretSummary } from '@nexomatic/contracts/secret-api';
import type { SecretCheck } from '@nexomatic/contracts/secret-check-api';
import { useFetcher } from '@remix-run/react';
import { useId, useState } from 'react';
import { ChevronDown, CircleCheck, FlaskConical, OctagonX } from '../components/icons.ts';
import { Dialog } from '../components/overlay/dialog.tsx';
import { ProblemBanner } from '../components/problem-banner.tsx';
import { countBytes } from './value/value-facts.ts';

interface CheckButtonProps {
  secret: Pick<SecretSummary, 'name' | 'valueVersion' | 'endToEnd'>;
  /** The sinks that can be asked, those that are there first. */
  sinks: readonly { id: string; name: string; online: boolean }[];
}

/** Has a sink try whether it gets the secret and can open it. Length and fingerprint come back, nothing else. */
export function CheckButton({ secret: { name, valueVersion: version, endToEnd }, sinks }: CheckButtonProps) {
  const [open, setOpen] = useState(false);
  const fetcher = useFetcher<{ check?: SecretCheck; problem?: Problem }>();
  const formId = useId();
  const busy = fetcher.state !== 'idle';
  const answer = busy ? undefined : fetcher.data;
  return (
    <>
      <button type="button" className="button" onClick={() => setOpen(true)}>
        <FlaskConical size={14} aria-hidden="true" />
        Check on sink
      </button>
      <Dialog
        open={open}
        onOpenChange={setOpen}
        title={`Check ${name} on a sink`}
        footer={
          <>
            <button type="button" className="button" onClick={() => setOpen(false)}>
              Close
            </button>
            <button type="submit" form={formId} className="button-primary" disabled={busy || sinks.length === 0}>
              {busy ? 'The sink tries…' : 'Check'}
            </button>
          </>
        }
      >
        <fetcher.Form method="post" id={formId} className="form-fields">
          <input type="hidden" name="intent" value="check" />
          <p className="text-muted">
            The sink gets version {version} as an event would, opens it and tells its length. No module runs, and the
            value is shown nowhere.
          </p>
          <div className="form-field">
            <label htmlFor={`${formId}-sink`} className="form-label">
              Sink
            </label>
            <span className="select">
              <select id={`${formId}-sink`} name="sink" disabled={busy}>
                {sinks.map(({ id, name: sink, online }) => (
                  <option key={id} value={id}>
                    {online ? sink : `${sink} (not online)`}
                  </option>
                ))}
              </select>
              <ChevronDown size={14} aria-hidden="true" />
            </span>
            {sinks.length === 0 ? (
              <p className="form-help">{endToEnd ? 'No sink has it.' : 'There is no sink yet.'}</p>
            ) : null}
          </div>
          <div aria-live="polite">{answer?.check ? <CheckResult check={answer.check} /> : null}</div>
          <ProblemBanner problem={answer?.problem} />
        </fetcher.Form>
      </Dialog>
    </>
  );
}

function CheckResult({ check: { outcome, size, fingerprint, message } }: { check: SecretCheck }) {
  const same = outcome === 'same' || outcome === 'opened';
  const Icon = same ? CircleCheck : OctagonX;
  return (
    <p className="check-result" data-same={same || undefined}>
      <Icon size={16} aria-hidden="true" />
      <span>
        {outcome === 'same' ? 'The sink opened the very value that is in use' : null}
        {outcome === 'opened' ? 'The sink opened what was sealed to it. The hub can not compare the value' : null}
        {outcome === 'differs' ? 'The sink opened another value than the one in use' : null}
        {outcome === 'failed' ? `The sink could not open it: ${message ?? 'it did not say why'}` : null}
        {size === null ? null : `: ${countBytes(size)}`}
        {fingerprint === null ? null : (
          <>
            , fingerprint <code>{fingerprint}</code>
          </>
        )}
        .
      </span>
    </p>
  );
}
