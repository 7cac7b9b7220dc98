import { secretRef } from '@nexomatic/contracts/secret-api';
import { type MetaFunction, useActionData, useLoaderData, useParams } from '@remix-run/react';
import type { ActionFunctionArgs, LoaderFunctionArgs } from '@remix-run/server-runtime';
import { PageHeader } from '../components/page-header.tsx';
import { ProblemPage } from '../components/problem-page.tsx';
import type { CrumbHandle } from '../frame/crumbs.tsx';
import { hubCall, requireMember } from '../frame/hub-call.server.ts';
import { refOf, requirePermission } from '../frame/page-guards.server.ts';
import { pageTitle } from '../frame/page-title.ts';
import { loadSecretForm } from '../secrets/load-form.server.ts';
import { saveSecretForm } from '../secrets/save-form.server.ts';
import { SecretForm } from '../secrets/secret-form.tsx';

type Data = Awaited<ReturnType<typeof loader>>;

export const handle: CrumbHandle<Data> = {
  crumbs: (data) => [
    { word: 'Secrets', to: 'secrets' },
    { word: data?.secret.name ?? 'Secret', ...(data ? { to: `secrets/${data.secret.id}` } : {}) },
    { word: 'Edit' },
  ],
};
export const meta: MetaFunction<typeof loader> = ({ matches, data }) =>
  pageTitle(matches, data ? `Edit ${data.secret.name}` : 'Edit secret');

export async function loader({ params, context }: LoaderFunctionArgs) {
  requirePermission(context, 'secrets.write');
  const secret = await hubCall(context, () => context.caller.secrets.get(refOf(context, secretRef, params)));
  return { secret, ...(await loadSecretForm(context, secret.name)) };
}

export function action({ request, context, params }: ActionFunctionArgs) {
  requireMember(context);
  const { id } = refOf(context, secretRef, params);
  return saveSecretForm({ request, context, tenant: params.tenant ?? '', id });
}

export default function EditSecret() {
  const data = useLoaderData<typeof loader>();
  const reply = useActionData<typeof action>();
  const { tenant = '' } = useParams();
  return (
    <>
      <PageHeader title={data.secret.name} />
      <SecretForm {...data} reply={reply} cancelTo={`/t/${tenant}/secrets/${data.secret.id}`} />
    </>
  );
}

export function ErrorBoundary() {
  return <ProblemPage />;
}
