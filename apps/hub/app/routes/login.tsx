import { Form, type MetaFunction, useActionData, useLoaderData, useNavigation } from '@remix-run/react';
import { type ActionFunctionArgs, data, type LoaderFunctionArgs, redirect } from '@remix-run/server-runtime';
import { useEffect, useRef } from 'react';
import { BrandMark } from '../components/brand-mark.tsx';
import { pageTitle } from '../frame/page-title.ts';

export const meta: MetaFunction = ({ matches }) => pageTitle(matches, 'Sign in');

/** Reading the link changes nothing, so that mail scanners and previews don't use it up; only the form's POST does. */
export function loader({ request, context }: LoaderFunctionArgs) {
  const token = new URL(request.url).searchParams.get('token');
  if (!token && context.principal) throw redirect('/');
  return { token };
}

export async function action({ request, context }: ActionFunctionArgs) {
  const token = (await request.formData()).get('token');
  const signIn = typeof token === 'string' && token !== '' ? await context.signIn(token) : null;
  if (!signIn) return data({ refused: true }, { status: 401 });
  return redirect(signIn.redirectTo, { headers: { 'set-cookie': signIn.setCookie } });
}

export default function Login() {
  const { token } = useLoaderData<typeof loader>();
  const refused = useActionData<typeof action>()?.refused === true;
  return (
    <main className="grid min-h-dvh place-items-center px-4 py-12">
      <div className="w-full max-w-sm">
        <div className="flex items-center gap-2.5">
          <BrandMark size={26} />
          <span className="font-semibold text-lg">Nexomatic</span>
        </div>
        {refused ? <Refused /> : token ? <UseLink token={token} /> : <NeedsLink />}
      </div>
    </main>
  );
}

function UseLink({ token }: { token: string }) {
  const form = useRef<HTMLFormElement>(null);
  const busy = useNavigation().state !== 'idle';
  // A page that is being prefetched or opened in the background isn't somebody signing in.
  useEffect(() => {
    if (document.visibilityState === 'visible') form.current?.requestSubmit();
  }, []);
  return (
    <>
      <h1 className="mt-6 text-xl">Sign in</h1>
      <p className="mt-2 text-muted">This link works once. It signs in this browser and nothing else.</p>
      <Form method="post" action="/login" replace ref={form} className="mt-6">
        <input type="hidden" name="token" value={token} />
        <button type="submit" className="button-primary w-full" disabled={busy}>
          {busy ? 'Signing in…' : 'Sign in'}
        </button>
      </Form>
    </>
  );
}

function Refused() {
  return (
    <>
      <h1 className="mt-6 text-xl">This link no longer works</h1>
      <p className="mt-2 text-muted" role="alert">
        Sign-in links work once and for a short time. This one was used before, has expired, or was cut off on its way.
      </p>
      <NewLink />
    </>
  );
}

function NeedsLink() {
  return (
    <>
      <h1 className="mt-6 text-xl">Sign in with a one-time link</h1>
      <p className="mt-2 text-muted">This hub has no passwords. It prints a link for you instead.</p>
      <NewLink />
    </>
  );
}

function NewLink() {
  return (
    <div className="card mt-6 p-4">
      <h2 className="text-sm">Print a new link</h2>
      <p className="mt-1 text-muted text-sm">On the machine that runs the hub, in the project’s folder:</p>
      <pre className="code-block mt-3">npm stop && npm start</pre>
      <p className="mt-3 text-muted text-sm">It prints a fresh link as “Dashboard”. Events and data stay.</p>
    </div>
  );
}
