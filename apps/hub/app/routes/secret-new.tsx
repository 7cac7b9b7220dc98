import { type MetaFunction, useActionData, useParams } from '@remix-run/react';
import type { ActionFunctionArgs, LoaderFunctionArgs } from '@remix-run/server-runtime';
import { PageHeader } from '../components/page-header.tsx';
import { ProblemPage } from '../components/problem-page.tsx';
import type { CrumbHandle } from '../frame/crumbs.tsx';
import { requireMember } from '../frame/hub-call.server.ts';
import { requirePermission } from '../frame/page-guards.server.ts';
import { pageTitle } from '../frame/page-title.ts';
import { SecretsNotYet } from '../secrets/not-yet.tsx';
import { saveSecretForm } from '../secrets/save-form.server.ts';
import { SecretForm } from '../secrets/secret-form.tsx';

export const handle: CrumbHandle = { crumbs: () => [{ word: 'Secrets', to: 'secrets' }, { word: 'New secret' }] };
export const meta: MetaFunction = ({ matches }) => pageTitle(matches, 'New secret');

export function loader({ context }: LoaderFunctionArgs) {
  requirePermission(context, 'secrets.write');
  return null;
}

export function action({ request, context, params: { tenant = '' } }: ActionFunctionArgs) {
  requireMember(context);
  return saveSecretForm({ request, context, tenant, id: null });
}

export default function NewSecret() {
  const reply = useActionData<typeof action>();
  const { tenant = '' } = useParams();
  return (
    <>
      <PageHeader title="New secret" />
      <SecretsNotYet />
      <SecretForm secret={null} reply={reply} cancelTo={`/t/${tenant}/secrets`} />
    </>
  );
}

export function ErrorBoundary() {
  return <ProblemPage />;
}
