import { useRevalidator } from '@remix-run/react';
import { useEffect, useRef } from 'react';
import { createBrowserClient } from './browser-client.ts';
import { useIdle } from './use-idle.ts';

/** Brings the page up to date whenever the hub says that a sink of the tenant, or what it was told, changed. */
export function useSinkRefresh(tenant: string): void {
  const { revalidate } = useRevalidator();
  const idle = useIdle();
  const refresh = useRef<() => void>(() => undefined);
  refresh.current = () => {
    if (idle) revalidate();
  };
  useEffect(() => {
    const subscription = createBrowserClient(tenant).sinks.changes.subscribe(undefined, {
      onData: () => refresh.current(),
    });
    return () => subscription.unsubscribe();
  }, [tenant]);
}
