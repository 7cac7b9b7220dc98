import { parseWithZod } from '@conform-to/zod/v4';
import { displayName } from '@nexomatic/contracts/display-name';
import { newPasswordSchema } from '@nexomatic/contracts/people-api';
import { Form, Link, type MetaFunction, useActionData, useLoaderData, useNavigation } from '@remix-run/react';
import { type ActionFunctionArgs, data, type LoaderFunctionArgs, redirect } from '@remix-run/server-runtime';
import { z } from 'zod';
import { refuseForm } from '../components/form/form-reply.server.ts';
import { hubTry } from '../frame/hub-call.server.ts';
import { pageTitle } from '../frame/page-title.ts';
import { EntranceButton, EntrancePage } from '../people/entrance-page.tsx';
import { NewcomerForm } from '../people/newcomer-form.tsx';
import { roleWords } from '../people/role-words.ts';
import { Or, SsoButtons } from '../people/sso-buttons.tsx';

export const meta: MetaFunction = ({ matches }) => pageTitle(matches, 'Invitation');

export async function loader({ params, context }: LoaderFunctionArgs) {
  const invitation = await context.entrance.invitation(params.token ?? '');
  const signedInAs = context.principal?.email ?? null;
  return data(
    { invitation, signedInAs, path: context.path, ways: context.entrance.ways },
    { status: invitation ? 200 : 404 },
  );
}

const schema = z.object({ name: displayName, password: newPasswordSchema });

export async function action({ request, params, context }: ActionFunctionArgs) {
  const { entrance } = context;
  const token = params.token ?? '';
  const form = await request.formData();
  if (form.get('as') === 'myself') {
    return onward(await entrance.acceptAsMyself(token), context.path);
  }
  const submission = parseWithZod(form, { schema });
  if (submission.status !== 'success') return refuseForm(submission);
  const accepted = await hubTry(context, () => entrance.acceptAsNewcomer(token, submission.value));
  if (accepted.problem) return refuseForm(submission, accepted.problem, Object.keys(schema.shape));
  return onward(accepted.done, context.path);
}

/** Into the tenant; or to this page again, which says then what hinders. */
const onward = (outcome: { kind: string; tenantSlug?: string }, path: string) =>
  redirect(outcome.tenantSlug === undefined ? path : `/t/${outcome.tenantSlug}`);

export default function Invite() {
  const { invitation, signedInAs, path, ways } = useLoaderData<typeof loader>();
  const reply = useActionData<typeof action>();
  if (!invitation) return <Closed />;
  const { email, role, tenant, knownPerson } = invitation;
  const { word, does } = roleWords[role];
  const intro = `${/^[AEIOU]/.test(word) ? 'An' : 'A'} ${word.toLowerCase()} ${does}.`;
  return (
    <EntrancePage title={`Join ${tenant} as ${word.toLowerCase()}`} intro={intro}>
      {signedInAs === email ? (
        <JoinAsMyself email={email} />
      ) : signedInAs ? (
        <SomebodyElse email={email} signedInAs={signedInAs} path={path} />
      ) : knownPerson ? (
        <SignInFirst email={email} path={path} />
      ) : (
        <>
          {ways.providers.length > 0 ? <SsoButtons providers={ways.providers} next={null} /> : null}
          {ways.providers.length > 0 && ways.password ? <Or /> : null}
          {ways.password ? <NewcomerForm email={email} reply={reply} /> : null}
        </>
      )}
    </EntrancePage>
  );
}

function JoinAsMyself({ email }: { email: string }) {
  const busy = useNavigation().formMethod !== undefined;
  return (
    <Form method="post" className="entrance-group">
      <p className="text-sm">
        You are signed in as <strong className="break-all">{email}</strong>.
      </p>
      <input type="hidden" name="as" value="myself" />
      <EntranceButton busy={busy} word="Join" busyWord="Joining…" />
    </Form>
  );
}

function SignInFirst({ email, path }: { email: string; path: string }) {
  return (
    <>
      <p className="text-sm">
        <strong className="break-all">{email}</strong> has an account here already. Sign in with it, then accept.
      </p>
      <Link to={`/login?next=${encodeURIComponent(path)}`} className="button-primary h-9">
        Sign in
      </Link>
    </>
  );
}

function SomebodyElse({ email, signedInAs, path }: { email: string; signedInAs: string; path: string }) {
  return (
    <>
      <p className="text-sm">
        This invitation is for <strong className="break-all">{email}</strong>, and you are signed in as{' '}
        <strong className="break-all">{signedInAs}</strong>. Sign out to accept it as the person that it is for.
      </p>
      <Form method="post" action="/sign-out">
        <input type="hidden" name="next" value={path} />
        <button type="submit" className="button h-9 w-full">
          Sign out
        </button>
      </Form>
    </>
  );
}

function Closed() {
  return (
    <EntrancePage
      title="This invitation no longer works"
      intro="It was accepted before, was taken back, has expired, or was cut off on its way. Ask whoever invited you for a new one."
    >
      <Link to="/login" className="button h-9">
        To the sign-in
      </Link>
    </EntrancePage>
  );
}
