import { type ActionFunctionArgs, redirect } from '@remix-run/server-runtime';
import { safePath } from '../people/safe-path.ts';

export async function action({ request, context }: ActionFunctionArgs) {
  const next = safePath((await request.formData()).get('next'));
  const setCookie = await context.signOut();
  return redirect(next ?? '/login', { headers: { 'set-cookie': setCookie } });
}

/** Opening the address changes nothing: a link on another site must not sign anybody out. */
export function loader() {
  return redirect('/');
}
