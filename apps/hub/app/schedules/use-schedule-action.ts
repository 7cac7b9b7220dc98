import type { Problem } from '@nexomatic/contracts/error-code';
import { type FetcherWithComponents, useFetcher, useParams, useRevalidator } from '@remix-run/react';
import { useEffect, useState } from 'react';
import { useToast } from '../components/toast/toasts.tsx';

/** What a schedule's page answers to a button. */
export interface ScheduleReply {
  problem?: Problem;
  /** What was done. */
  said?: string;
}

/**
 * Does something with a schedule from wherever it is shown, and tells what became of it. It is sent once the page is not being
 * brought up to date: where both run at once, the router loses an answer that leads to another page.
 */
export function useScheduleAction(id: string) {
  const { tenant = '' } = useParams();
  const { submit, state, data }: FetcherWithComponents<ScheduleReply | undefined> = useFetcher();
  const refreshing = useRevalidator().state !== 'idle';
  const [wanted, setWanted] = useState<Record<string, string> | null>(null);
  const action = `/t/${tenant}/schedules/${id}`;
  const toast = useToast();
  useEffect(() => {
    if (!wanted || refreshing) return;
    setWanted(null);
    submit(wanted, { method: 'post', action });
  }, [wanted, refreshing, submit, action]);
  useEffect(() => {
    if (data?.problem) toast(data.problem.detail, 'failed');
    else if (data?.said) toast(data.said);
  }, [data, toast]);
  return {
    busy: wanted !== null || state !== 'idle',
    run(intent: string, fields: Record<string, string> = {}): void {
      setWanted({ intent, ...fields });
    },
  };
}
