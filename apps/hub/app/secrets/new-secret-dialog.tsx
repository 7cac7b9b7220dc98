import type { SubmissionResult } from '@conform-to/react';
import type { Problem } from '@nexomatic/contracts/error-code';
import { useFetcher, useParams } from '@remix-run/react';
import { type FormEvent, useEffect, useId, useState } from 'react';
import { Dialog } from '../components/overlay/dialog.tsx';
import { ProblemBanner } from '../components/problem-banner.tsx';
import type { TenantKey } from './value/seal-value.ts';
import { useSealedSubmit } from './value/use-sealed-submit.ts';
import { useSecretValue } from './value/use-secret-value.ts';
import { ValueField } from './value/value-field.tsx';

export interface NewSecretDialogProps {
  /** What it is to be called, where that is known. */
  name: string;
  onClose: () => void;
  onMade: (name: string) => void;
}

type Answer = { made?: string; problem?: Problem; result?: SubmissionResult<string[]> };

/** Makes a secret without leaving the form that needs it. Its form is the one of the page, with nothing but key and value. */
export function NewSecretDialog({ name, onClose, onMade }: NewSecretDialogProps) {
  const { tenant = '' } = useParams();
  const action = `/t/${tenant}/secrets/new`;
  const page = useFetcher<{ tenantId: string; tenantKey: TenantKey }>();
  const { load } = page;
  useEffect(() => load(action), [load, action]);
  const fetcher = useFetcher<Answer>();
  const formId = useId();
  const value = useSecretValue();
  const [key, setKey] = useState(name);
  const [refused, setRefused] = useState(false);
  const answer = fetcher.state === 'idle' ? fetcher.data : undefined;
  const { tenantId: inTenant = '', tenantKey = { keyId: '', key: '' } } = page.data ?? {};
  const { sealing, submit } = useSealedSubmit({
    ...{ value, target: tenantKey, fresh: fetcher.data?.problem?.sealKey },
    placeOf: (form) => ({ tenant: inTenant, name: String(form.get('name')), version: 1 }),
    send: (form) => fetcher.submit(form, { method: 'post', action }),
  });
  const made = answer?.made;
  useEffect(() => {
    if (made !== undefined) onMade(made);
  });

  const busy = sealing || fetcher.state !== 'idle' || !page.data;
  const fault = answer?.result?.error?.name?.join(' ');

  function onSubmit(event: FormEvent<HTMLFormElement>): void {
    event.preventDefault();
    // The dialog stands inside of another form as React sees it.
    event.stopPropagation();
    const unfit = value.facts === null || value.facts.tooLong;
    setRefused(unfit);
    if (unfit) document.getElementById(`${formId}-value`)?.focus();
    else if (!busy) void submit(new FormData(event.currentTarget));
  }

  return (
    <Dialog
      open
      wide
      onOpenChange={onClose}
      title="New secret"
      footer={
        <>
          <button type="button" className="button" onClick={onClose}>
            Cancel
          </button>
          <button type="submit" form={formId} className="button-primary" disabled={busy}>
            {sealing || fetcher.state !== 'idle' ? 'Saving…' : 'Save secret'}
          </button>
        </>
      }
    >
      <form id={formId} method="post" className="form-fields" onSubmit={onSubmit} onReset={value.clear}>
        <ProblemBanner problem={answer?.problem?.sealKey ? undefined : answer?.problem} />
        <input type="hidden" name="stay" value="on" />
        <input type="hidden" name="eventTypeIds" value="any" />
        <input type="hidden" name="sinkTypeIds" value="any" />
        <div className="form-field">
          <label htmlFor={`${formId}-name`} className="form-label">
            Key
          </label>
          <input
            id={`${formId}-name`}
            name="name"
            required
            maxLength={255}
            className="input font-mono"
            placeholder="API_TOKEN"
            autoComplete="off"
            autoCapitalize="none"
            spellCheck={false}
            value={key}
            aria-invalid={fault ? true : undefined}
            aria-describedby={`${formId}-name-help`}
            onChange={({ currentTarget }) => setKey(currentTarget.value)}
          />
          {fault ? <p className="form-error">{fault}</p> : null}
          <p id={`${formId}-name-help`} className="form-help">
            Letters, digits and _, not beginning with a digit or NX_. It can not be changed later.
          </p>
        </div>
        <ValueField id={`${formId}-value`} value={value} kept={null} required refused={refused && !fits(value.facts)} />
      </form>
    </Dialog>
  );
}

const fits = (facts: { tooLong: boolean } | null): boolean => facts !== null && !facts.tooLong;
