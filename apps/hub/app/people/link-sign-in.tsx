import { Form, useNavigation } from '@remix-run/react';
import { useEffect, useRef } from 'react';
import { EntranceButton } from './entrance-page.tsx';

/** Uses a one-time link. Opening its page changes nothing, so that mail scanners and previews don't use it up. */
export function LinkSignIn({ token, next }: { token: string; next: string | null }) {
  const form = useRef<HTMLFormElement>(null);
  const busy = useNavigation().state !== 'idle';
  // A page that is being prefetched or opened in the background isn't somebody signing in.
  useEffect(() => {
    if (document.visibilityState === 'visible') form.current?.requestSubmit();
  }, []);
  return (
    <Form method="post" action={`/login?${new URLSearchParams(next ? { next } : {})}`} replace ref={form}>
      <input type="hidden" name="token" value={token} />
      <EntranceButton busy={busy} word="Sign in" busyWord="Signing in…" />
    </Form>
  );
}
