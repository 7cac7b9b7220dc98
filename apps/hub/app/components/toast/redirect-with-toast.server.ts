import { redirect } from '@remix-run/server-runtime';
import { flashCookie } from './flash.ts';

/**
 * Redirects to the thing that an action made or changed and says there what was done: "Saved". The sentence travels in a
 * cookie of half a minute that the page reads and clears; it is shown as text, so that nothing can be smuggled in by it.
 */
export function redirectWithToast(to: string, text: string): Response {
  const cookie = `${flashCookie}=${encodeURIComponent(text)}; Path=/; Max-Age=30; SameSite=Lax`;
  return redirect(to, { headers: { 'set-cookie': cookie } });
}
