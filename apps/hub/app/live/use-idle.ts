import { useFetchers, useNavigation } from '@remix-run/react';

/**
 * Whether the page may be brought up to date by itself. During a navigation that would begin it anew, and the new page comes
 * fresh anyway; while something is sent, what the page shows may be deleted, and the answer says where to go.
 */
export function useIdle(): boolean {
  const sending = useFetchers().some(({ formMethod }) => formMethod !== undefined);
  return useNavigation().state === 'idle' && !sending;
}
