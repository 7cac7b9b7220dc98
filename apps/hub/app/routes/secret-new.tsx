import { type MetaFunction, useActionData, useLoaderData, useParams } from '@remix-run/react';
import type { ActionFunctionArgs, LoaderFunctionArgs } from '@remix-run/server-runtime';
import { PageHeader } from '../components/page-header.tsx';
import { ProblemPage } from '../components/problem-page.tsx';
import type { CrumbHandle } from '../frame/crumbs.tsx';
import { requireMember } from '../frame/hub-call.server.ts';
import { requirePermission } from '../frame/page-guards.server.ts';
import { pageTitle } from '../frame/page-title.ts';
import { keyHolders, loadSecretForm } from '../secrets/load-form.server.ts';
import { saveSecretForm } from '../secrets/save-form.server.ts';
import { SecretForm } from '../secrets/secret-form.tsx';

export const handle: CrumbHandle = { crumbs: () => [{ word: 'Secrets', to: 'secrets' }, { word: 'New secret' }] };
export const meta: MetaFunction = ({ matches }) => pageTitle(matches, 'New secret');

export async function loader({ request, context }: LoaderFunctionArgs) {
  requirePermission(context, 'secrets.write');
  // Where a parameter names it already.
  const name = new URL(request.url).searchParams.get('name')?.slice(0, 255) ?? '';
  return { name, holders: await keyHolders(context), ...(await loadSecretForm(context)) };
}

export function action({ request, context, params: { tenant = '' } }: ActionFunctionArgs) {
  requireMember(context);
  return saveSecretForm({ request, context, tenant, id: null });
}

export default function NewSecret() {
  const data = useLoaderData<typeof loader>();
  const reply = useActionData<typeof action>();
  const { tenant = '' } = useParams();
  return (
    <>
      <PageHeader title="New secret" />
      <SecretForm secret={null} {...data} reply={reply} cancelTo={`/t/${tenant}/secrets`} />
    </>
  );
}

export function ErrorBoundary() {
  return <ProblemPage />;
}
