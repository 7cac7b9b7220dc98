import { useRevalidator } from '@remix-run/react';
import { useEffect, useRef } from 'react';
import { createBrowserClient } from './browser-client.ts';
import { useIdle } from './use-idle.ts';

/**
 * Brings the page up to date whenever the hub says that one of the tenant's sinks changed, or was told something; or that one
 * of its schedules changed, or had a run decided.
 */
export function useHintRefresh(tenant: string, of: 'sinks' | 'schedules'): void {
  const { revalidate } = useRevalidator();
  const idle = useIdle();
  const refresh = useRef<() => void>(() => undefined);
  refresh.current = () => {
    if (idle) revalidate();
  };
  useEffect(() => {
    const handlers = { onData: () => refresh.current() };
    const { sinks, schedules } = createBrowserClient(tenant);
    const subscription =
      of === 'sinks' ? sinks.changes.subscribe(undefined, handlers) : schedules.changes.subscribe(undefined, handlers);
    return () => subscription.unsubscribe();
  }, [tenant, of]);
}
