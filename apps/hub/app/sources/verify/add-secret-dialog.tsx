import type { Problem } from '@nexomatic/contracts/error-code';
import type { Scheme } from '@nexomatic/contracts/verification';
import { useFetcher } from '@remix-run/react';
import { useEffect, useId, useRef, useState } from 'react';
import { CodeBlock } from '../../components/code-block.tsx';
import { ChevronDown } from '../../components/icons.ts';
import { Dialog } from '../../components/overlay/dialog.tsx';
import { ProblemBanner } from '../../components/problem-banner.tsx';
import { makesOwnSecret, schemeWords } from './scheme-words.ts';

export interface AddedSecret {
  /** Where it was made here: shown this once. */
  value: string | null;
  warnings: string[];
}

interface AddSecretDialogProps {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  scheme: Scheme;
  /** How many are live already: they go on for a while. */
  live: number;
}

const rests = [
  { hours: '24', word: 'a day' },
  { hours: '0', word: 'no longer' },
  { hours: '1', word: 'an hour' },
  { hours: '168', word: 'a week' },
  { hours: '', word: 'until I end them' },
];

/** Adds a secret: what the sender shows, or one that is made here and shown once. The ones of before go on for a while. */
export function AddSecretDialog({ open, onOpenChange, scheme, live }: AddSecretDialogProps) {
  const fetcher = useFetcher<{ added?: AddedSecret; problem?: Problem }>();
  const formId = useId();
  const [seen, setSeen] = useState<object | undefined>();
  const answer = fetcher.state === 'idle' && fetcher.data !== seen ? fetcher.data : undefined;
  const added = answer?.added;
  const done = () => {
    setSeen(fetcher.data);
    onOpenChange(false);
  };
  const silent = added !== undefined && added.value === null && added.warnings.length === 0;
  useEffect(() => {
    if (silent) done();
  });
  const busy = fetcher.state !== 'idle';
  const { secret = null } = schemeWords[scheme];
  if (added && !silent)
    return (
      <Dialog
        open={open}
        onOpenChange={done}
        title={added.value === null ? 'The secret is added' : 'Copy the secret now'}
        footer={
          <button type="button" className="button-primary" onClick={done}>
            {added.value === null ? 'Close' : 'I have copied it'}
          </button>
        }
      >
        <AddedNotice added={added} />
      </Dialog>
    );
  return (
    <Dialog
      open={open}
      onOpenChange={(next) => (next ? onOpenChange(true) : done())}
      title={live === 0 ? 'Add a secret' : 'Add a new secret'}
      footer={
        <>
          <button type="button" className="button" onClick={done}>
            Cancel
          </button>
          <button type="submit" form={formId} className="button-primary" disabled={busy}>
            {busy ? 'Adding…' : 'Add'}
          </button>
        </>
      }
    >
      <fetcher.Form method="post" id={formId} className="form-fields">
        <ProblemBanner problem={answer?.problem} />
        <input type="hidden" name="intent" value="add-secret" />
        <SecretChoice id={formId} scheme={scheme} word={secret ?? 'Secret'} />
        {live === 0 ? null : (
          <div className="form-field">
            <label htmlFor={`${formId}-rest`} className="form-label">
              The {live === 1 ? 'secret' : `${live} secrets`} of before {live === 1 ? 'is' : 'are'} still accepted for
            </label>
            <span className="select">
              <select id={`${formId}-rest`} name="retireOthersAfterHours" defaultValue="24">
                {rests.map(({ hours, word }) => (
                  <option key={hours} value={hours}>
                    {word}
                  </option>
                ))}
              </select>
              <ChevronDown size={14} aria-hidden="true" />
            </span>
            <p className="form-help">
              Give the new one to the sender in that time: no request is refused meanwhile, whichever it was signed
              with.
            </p>
          </div>
        )}
      </fetcher.Form>
    </Dialog>
  );
}

function SecretChoice({ id, scheme, word }: { id: string; scheme: Scheme; word: string }) {
  const canMake = makesOwnSecret(scheme);
  const [make, setMake] = useState(canMake);
  const [shown, setShown] = useState(false);
  const input = useRef<HTMLInputElement>(null);
  return (
    <>
      {canMake ? (
        <fieldset className="form-field">
          <legend className="form-label">Where does it come from?</legend>
          <div className="radio-cards">
            <label className="radio-card">
              <input type="radio" name="how" value="make" checked={make} onChange={() => setMake(true)} />
              <span>
                <span className="radio-card-name">Make one here</span>
                <span className="form-help">At random, in the form of the scheme. Shown once.</span>
              </span>
            </label>
            <label className="radio-card">
              <input type="radio" name="how" value="given" checked={!make} onChange={() => setMake(false)} />
              <span>
                <span className="radio-card-name">I have one</span>
                <span className="form-help">What the sender shows, or was given.</span>
              </span>
            </label>
          </div>
        </fieldset>
      ) : (
        <input type="hidden" name="how" value="given" />
      )}
      {make ? null : (
        <div className="form-field">
          <label htmlFor={`${id}-value`} className="form-label">
            {word}
          </label>
          <span className="input secret-input">
            <input
              ref={input}
              id={`${id}-value`}
              name="secret"
              type={shown ? 'text' : 'password'}
              required
              maxLength={4_096}
              autoComplete="off"
              spellCheck={false}
              aria-describedby={`${id}-value-help`}
            />
            <button type="button" className="button-quiet" aria-pressed={shown} onClick={() => setShown(!shown)}>
              {shown ? 'Hide' : 'Show'}
            </button>
          </span>
          <p id={`${id}-value-help`} className="form-help">
            {schemeWords[scheme].secretFrom} You will not be able to read it again here.
          </p>
        </div>
      )}
    </>
  );
}

function AddedNotice({ added: { value, warnings } }: { added: AddedSecret }) {
  return (
    <div className="form-fields">
      {value === null ? null : (
        <>
          <p className="text-muted">
            It is shown this once: the hub keeps it sealed. Give it to the sender; one that was lost is replaced by a
            new one.
          </p>
          <CodeBlock code={value} label="the secret" />
        </>
      )}
      {warnings.map((warning) => (
        <p key={warning} className="text-warning">
          {warning}
        </p>
      ))}
    </div>
  );
}
