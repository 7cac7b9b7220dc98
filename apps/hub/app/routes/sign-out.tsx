import { type ActionFunctionArgs, redirect } from '@remix-run/server-runtime';

export async function action({ context }: ActionFunctionArgs) {
  const setCookie = await context.signOut();
  return redirect('/login', { headers: { 'set-cookie': setCookie } });
}

/** Opening the address changes nothing: a link on another site must not sign anybody out. */
export function loader() {
  return redirect('/');
}
