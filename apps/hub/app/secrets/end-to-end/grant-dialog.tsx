import type { Problem } from '@nexomatic/contracts/error-code';
import type { SecretSummary } from '@nexomatic/contracts/secret-api';
import { useFetcher } from '@remix-run/react';
import { useId, useState } from 'react';
import { CodeBlock } from '../../components/code-block.tsx';
import { ChevronDown } from '../../components/icons.ts';
import { Dialog } from '../../components/overlay/dialog.tsx';
import { useClosesWhenDone } from '../../components/overlay/use-closes-when-done.ts';
import { ProblemBanner } from '../../components/problem-banner.tsx';
import type { KeyHolder } from './key-holder.ts';
import { KeyPrint, useKeyPrint } from './key-print.tsx';

interface GrantDialogProps {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  secret: SecretSummary;
  /** Sinks with keys that can be approved; of several one is picked. */
  choices: readonly KeyHolder[];
}

/** Approves the key of a sink after it was compared with what the machine itself shows. */
export function GrantDialog({ open, onOpenChange, secret, choices }: GrantDialogProps) {
  const fetcher = useFetcher<{ problem?: Problem }>();
  const formId = useId();
  const [picked, setPicked] = useState('');
  const [compared, setCompared] = useState('');
  const busy = fetcher.state !== 'idle';
  const sink = choices.find(({ id }) => id === picked) ?? choices[0];
  const print = useKeyPrint(sink?.key?.boxKey ?? '');
  // The hub takes an approval of the key that it has by the fingerprint of that key alone.
  const agrees = sink?.key?.fingerprint === print;
  const close = (): void => {
    setCompared('');
    onOpenChange(false);
  };
  useClosesWhenDone(fetcher, close);
  if (!sink) return null;
  return (
    <Dialog
      open={open}
      onOpenChange={(next) => (next ? onOpenChange(next) : close())}
      title={choices.length > 1 ? `Grant ${secret.name} to another sink` : `Grant ${secret.name} to ${sink.name}`}
      footer={
        <>
          <button type="button" className="button" onClick={close}>
            Cancel
          </button>
          <button
            type="submit"
            form={formId}
            className="button-primary"
            disabled={busy || !agrees || compared !== print}
          >
            {busy ? 'Working…' : 'Approve this key'}
          </button>
        </>
      }
    >
      <fetcher.Form method="post" id={formId} className="form-fields">
        <input type="hidden" name="intent" value="grant-sink" />
        <input type="hidden" name="fingerprint" value={print} />
        <ProblemBanner problem={busy ? undefined : fetcher.data?.problem} />
        {choices.length > 1 ? (
          <div className="form-field">
            <label htmlFor={`${formId}-sink`} className="form-label">
              Sink
            </label>
            <span className="select">
              <select
                id={`${formId}-sink`}
                name="sink"
                value={sink.id}
                onChange={({ currentTarget }) => setPicked(currentTarget.value)}
              >
                {choices.map(({ id, name, online }) => (
                  <option key={id} value={id}>
                    {online ? name : `${name} (not online)`}
                  </option>
                ))}
              </select>
              <ChevronDown size={14} aria-hidden="true" />
            </span>
          </div>
        ) : (
          <input type="hidden" name="sink" value={sink.id} />
        )}
        <div className="form-field">
          <p className="form-label">Fingerprint of its key</p>
          <div className="key-print-box">{sink.key ? <KeyPrint sealKey={sink.key} /> : null}</div>
        </div>
        <div className="form-field">
          <p className="form-label">On the machine of {sink.name}, run</p>
          <CodeBlock code="nexomatic-sink status" label="the command" />
          <p className="form-help">
            Whoever had taken over the hub could show you a key of their own here. What the machine shows by itself is
            how you find out.
          </p>
        </div>
        <label className="form-check">
          <input
            type="checkbox"
            // Of this very key: another sink, or another key of it, is compared anew.
            checked={compared !== '' && compared === print}
            onChange={({ currentTarget }) => setCompared(currentTarget.checked ? print : '')}
          />
          The machine shows the same fingerprint
        </label>
        <p className="text-muted text-sm">{next(secret)}</p>
      </fetcher.Form>
    </Dialog>
  );
}

function next({ sinks }: SecretSummary): string {
  const ready = sinks.filter(({ state }) => state === 'ready').map(({ name }) => name);
  return ready.length > 0
    ? `The hub can not hand it the value. ${ready.join(' or ')} seals it to this key as soon as it is online and hears of your approval.`
    : 'No sink has the value any more, so this one gets the next one that you set.';
}
