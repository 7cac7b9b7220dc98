import { useFetcher, useNavigation, useParams } from '@remix-run/react';
import { useCallback, useEffect, useRef } from 'react';
import type { SchedulePreview } from './schedule-preview.ts';

/** Waits for the end of a word before it asks. */
const pauseMs = 250;

/** What the hub says of a schedule while it is written: asked a moment after the last change, and once at the start. */
export function usePreview(formId: string): { preview: SchedulePreview | undefined; busy: boolean; askSoon(): void } {
  const { tenant = '' } = useParams();
  const { submit, data, state } = useFetcher<SchedulePreview>();
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);
  // A form that is being saved is left: what is asked then would only get in the way of the answer.
  const leaving = useRef(false);
  leaving.current = useNavigation().state !== 'idle';
  const ask = useCallback(() => {
    const form = document.getElementById(formId);
    if (form instanceof HTMLFormElement && !leaving.current)
      submit(new FormData(form), { method: 'post', action: `/t/${tenant}/schedules/preview` });
  }, [formId, tenant, submit]);
  const askSoon = useCallback(() => {
    clearTimeout(timer.current);
    timer.current = setTimeout(ask, pauseMs);
  }, [ask]);
  useEffect(() => {
    askSoon();
    return () => clearTimeout(timer.current);
  }, [askSoon]);
  return { preview: data, busy: state !== 'idle', askSoon };
}
