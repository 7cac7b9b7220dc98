import { parseWithZod } from '@conform-to/zod/v4';
import { type MetaFunction, useActionData, useLoaderData, useParams } from '@remix-run/react';
import type { ActionFunctionArgs, LoaderFunctionArgs } from '@remix-run/server-runtime';
import { refuseForm } from '../components/form/form-reply.server.ts';
import { ProblemPage } from '../components/problem-page.tsx';
import type { CrumbHandle } from '../frame/crumbs.tsx';
import { hubCall, hubTry, requireMember } from '../frame/hub-call.server.ts';
import { pageTitle } from '../frame/page-title.ts';
import { MadeToken } from '../settings/made-token.tsx';
import { TokenFields } from '../settings/token-form.tsx';
import { tokenForm } from '../settings/token-form-schema.server.ts';

export const handle: CrumbHandle = {
  crumbs: () => [{ word: 'API tokens', to: 'settings/tokens' }, { word: 'New token' }],
};
export const meta: MetaFunction = ({ matches }) => pageTitle(matches, 'New API token');

export async function loader({ context }: LoaderFunctionArgs) {
  requireMember(context);
  // Whoever may not make tokens is told before they have filled in the form.
  await hubCall(context, () => context.caller.apiTokens.list({ limit: 1 }));
  return { hubUrl: context.publicUrl };
}

/** Answers with the token itself: there is no address at which it could be read again. */
export async function action({ request, context }: ActionFunctionArgs) {
  requireMember(context);
  const submission = parseWithZod(await request.formData(), { schema: tokenForm });
  if (submission.status !== 'success') return refuseForm(submission);
  const reply = await hubTry(context, () => context.caller.apiTokens.create(submission.value));
  if (reply.problem) return refuseForm(submission, reply.problem, ['name', 'scopes']);
  const { name, value, scopes } = reply.done;
  return { made: { name, value, fires: scopes === null || scopes.includes('events.fire') } };
}

export default function NewApiToken() {
  const { hubUrl } = useLoaderData<typeof loader>();
  const reply = useActionData<typeof action>();
  const { tenant = '' } = useParams();
  const list = `/t/${tenant}/settings/tokens`;
  return reply && 'made' in reply ? (
    <MadeToken {...reply.made} hubUrl={hubUrl} backTo={list} />
  ) : (
    <TokenFields reply={reply} cancelTo={list} />
  );
}

export function ErrorBoundary() {
  return <ProblemPage />;
}
