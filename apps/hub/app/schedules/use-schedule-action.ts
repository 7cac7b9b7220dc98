import type { Problem } from '@nexomatic/contracts/error-code';
import { type FetcherWithComponents, useFetcher, useParams } from '@remix-run/react';
import { useEffect } from 'react';
import { useToast } from '../components/toast/toasts.tsx';

/** What a schedule's page answers to a button. */
export interface ScheduleReply {
  problem?: Problem;
  /** What was done. */
  said?: string;
}

/** Does something with a schedule from wherever it is shown, and tells what became of it. */
export function useScheduleAction(id: string) {
  const { tenant = '' } = useParams();
  const { submit, state, data }: FetcherWithComponents<ScheduleReply | undefined> = useFetcher();
  const toast = useToast();
  useEffect(() => {
    if (data?.problem) toast(data.problem.detail, 'failed');
    else if (data?.said) toast(data.said);
  }, [data, toast]);
  return {
    busy: state !== 'idle',
    run(intent: string, fields: Record<string, string> = {}): void {
      submit({ intent, ...fields }, { method: 'post', action: `/t/${tenant}/schedules/${id}` });
    },
  };
}
