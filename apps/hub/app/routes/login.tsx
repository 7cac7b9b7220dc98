import { parseWithZod } from '@conform-to/zod/v4';
import { emailSchema, passwordSchema } from '@nexomatic/contracts/people-api';
import { type MetaFunction, useActionData, useLoaderData } from '@remix-run/react';
import {
  type ActionFunctionArgs,
  data,
  type HeadersFunction,
  type LoaderFunctionArgs,
  redirect,
} from '@remix-run/server-runtime';
import { z } from 'zod';
import { refuseSecrets } from '../components/form/form-reply.server.ts';
import { hubTry } from '../frame/hub-call.server.ts';
import { pageTitle } from '../frame/page-title.ts';
import { EntrancePage } from '../people/entrance-page.tsx';
import { LinkSignIn } from '../people/link-sign-in.tsx';
import { HubCommand, NewLink } from '../people/new-link.tsx';
import { PasswordSignIn, type SignInRefusal } from '../people/password-sign-in.tsx';
import { Refusal } from '../people/refusal.tsx';
import { safePath } from '../people/safe-path.ts';
import { Or, SsoButtons } from '../people/sso-buttons.tsx';
import { ssoRefusalText } from '../people/sso-refusal.ts';

export const meta: MetaFunction = ({ matches }) => pageTitle(matches, 'Sign in');

/** How long to wait stands in a header too. */
export const headers: HeadersFunction = ({ actionHeaders }) => actionHeaders;

export async function loader({ request, context }: LoaderFunctionArgs) {
  const { searchParams } = new URL(request.url);
  const token = searchParams.get('token');
  const next = safePath(searchParams.get('next'));
  if (!token && context.principal) throw redirect(next ?? '/');
  const development = context.instance === 'development';
  const { password, providers } = context.entrance.ways;
  return {
    token,
    next,
    development,
    hasPeople: await context.entrance.hasPeople(),
    // The address for when the provider is away, or its last account is locked out.
    password: password || searchParams.has('password'),
    providers,
    refusal: ssoRefusalText(searchParams.get('refused')),
  };
}

const schema = z.object({ email: emailSchema, password: passwordSchema });

export async function action({ request, context }: ActionFunctionArgs) {
  const form = await request.formData();
  const onward = safePath(new URL(request.url).searchParams.get('next')) ?? '/';
  const token = form.get('token');
  if (typeof token === 'string') {
    return (await context.entrance.byLink(token)) ? redirect(onward) : data({ linkRefused: true }, { status: 401 });
  }
  const submission = parseWithZod(form, { schema });
  if (submission.status !== 'success') return data({ result: refuseSecrets(submission) }, { status: 422 });
  const tried = await hubTry(context, () => context.entrance.byPassword(submission.value));
  if (tried.problem) return refuse(submission, { kind: 'busy' });
  return tried.done.kind === 'signed_in' ? redirect(onward) : refuse(submission, tried.done);
}

type Refused = Parameters<typeof refuseSecrets>[0];

function refuse(submission: Refused, refusal: SignInRefusal) {
  const reply = { result: refuseSecrets(submission), refusal };
  if (refusal.kind === 'refused') return data(reply, { status: 401 });
  const [status, wait] = refusal.kind === 'throttled' ? [429, refusal.retryAfterSeconds] : [503, 5];
  return data(reply, { status, headers: { 'retry-after': String(wait) } });
}

export default function Login() {
  const { token, next, development, hasPeople, password, providers, refusal } = useLoaderData<typeof loader>();
  const reply = useActionData<typeof action>();
  if (reply && 'linkRefused' in reply) {
    const intro =
      'Sign-in links work once and for a short time. This one was used before, has expired, or was cut off on its way.';
    return (
      <EntrancePage title="This link no longer works" intro={intro}>
        <NewLink development={development} />
      </EntrancePage>
    );
  }
  if (token) {
    return (
      <EntrancePage title="Sign in" intro="This link works once. It signs in this browser and nothing else.">
        <LinkSignIn token={token} next={next} />
      </EntrancePage>
    );
  }
  if (!hasPeople) return <NobodyYet />;
  return (
    <EntrancePage title="Sign in">
      <Refusal text={reply ? null : refusal} />
      {providers.length > 0 ? <SsoButtons providers={providers} next={next} /> : null}
      {providers.length > 0 && password ? <Or /> : null}
      {password ? <PasswordSignIn reply={reply && 'result' in reply ? reply : undefined} next={next} /> : null}
      <details className="text-sm">
        <summary className="text-muted">No password, or forgotten it?</summary>
        <div className="mt-3">
          <NewLink development={development} />
        </div>
      </details>
    </EntrancePage>
  );
}

function NobodyYet() {
  return (
    <EntrancePage
      title="This hub is new"
      intro="Nobody has an account here yet. The first one is made by a setup link."
    >
      <HubCommand title="Print the setup link" command="node apps/hub/server/main.ts setup-link">
        The hub has also written one to its log when it started. A link works once, within an hour.
      </HubCommand>
    </EntrancePage>
  );
}
