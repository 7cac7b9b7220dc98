import type { SecretPlace } from '@nexomatic/sealing/secret-box';
import { useCallback, useEffect, useRef, useState } from 'react';
import type { SealTarget, TenantKey } from './seal-value.ts';
import type { SecretValue } from './use-secret-value.ts';

interface SealedSubmit {
  value: SecretValue;
  /** Whoever is to open it. */
  target: SealTarget;
  /** Which secret and version it will be, by what stands in the form. */
  placeOf: (form: FormData) => SecretPlace;
  send: (form: FormData) => void;
  /**
   * The key that the tenant has now, from an answer that refused a value for being sealed to one of before. Keys of sinks are
   * never taken like that: people compare them.
   */
  fresh: TenantKey | undefined;
}

/** A key may be replaced while a form is open; one that changes more often than that is a fault of the hub. */
const maxTries = 3;

/**
 * Sends a form with its value sealed. The value itself is in no field that is sent. Where the tenant's key was replaced
 * meanwhile the hub answers with the new one, and the form is sealed and sent again without anybody noticing.
 */
export function useSealedSubmit({ value, target, placeOf, send, fresh }: SealedSubmit) {
  const [sealing, setSealing] = useState(false);
  const pending = useRef<{ form: FormData; tries: number } | null>(null);
  const latest = useRef({ value, placeOf, send });
  latest.current = { value, placeOf, send };

  const submit = useCallback(async (form: FormData, to: SealTarget, tries = 1): Promise<void> => {
    const bytes = latest.current.value.read();
    pending.current = { form, tries };
    setSealing(true);
    try {
      if (bytes) {
        const { sealValue } = await import('./seal-value.ts');
        for (const [name, text] of sealValue(bytes, to, latest.current.placeOf(form))) form.set(name, text);
      }
      latest.current.send(form);
    } finally {
      setSealing(false);
    }
  }, []);

  useEffect(() => {
    const before = pending.current;
    if (fresh && before && before.tries < maxTries) void submit(before.form, fresh, before.tries + 1);
  }, [fresh, submit]);

  return { sealing, submit: (form: FormData) => submit(form, fresh ?? target) };
}
