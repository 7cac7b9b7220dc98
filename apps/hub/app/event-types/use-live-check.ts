import type { CheckedEventType } from '@nexomatic/contracts/event-type-api';
import { useFetcher, useParams } from '@remix-run/react';
import { useCallback, useEffect, useRef } from 'react';

/** Waits for the end of a word before it asks. */
const pauseMs = 400;

/** What the hub says of a draft while it is written: asked a moment after the last change, and once at the start. */
export function useLiveCheck(formId: string) {
  const { tenant = '' } = useParams();
  const { submit, data } = useFetcher<{ checked?: CheckedEventType }>();
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);
  const ask = useCallback(() => {
    const form = document.getElementById(formId);
    if (!(form instanceof HTMLFormElement)) return;
    submit(new FormData(form), { method: 'post', action: `/t/${tenant}/event-types/check` });
  }, [formId, tenant, submit]);
  const askSoon = useCallback(() => {
    clearTimeout(timer.current);
    timer.current = setTimeout(ask, pauseMs);
  }, [ask]);
  useEffect(() => {
    askSoon();
    return () => clearTimeout(timer.current);
  }, [askSoon]);
  return { checked: data?.checked, askSoon };
}
