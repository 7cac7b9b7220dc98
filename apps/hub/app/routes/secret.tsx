import { secretRef } from '@nexomatic/contracts/secret-api';
import { type MetaFunction, useActionData, useLoaderData, useParams } from '@remix-run/react';
import type { ActionFunctionArgs, LoaderFunctionArgs } from '@remix-run/server-runtime';
import { IdText } from '../components/id-text.tsx';
import { PageHeader } from '../components/page-header.tsx';
import { ProblemPage } from '../components/problem-page.tsx';
import { RefList } from '../components/ref-list.tsx';
import { redirectWithToast } from '../components/toast/redirect-with-toast.server.ts';
import { DeleteButton } from '../definitions/delete-button.tsx';
import type { CrumbHandle } from '../frame/crumbs.tsx';
import { hubCall, hubTry, requireMember } from '../frame/hub-call.server.ts';
import { refOf } from '../frame/page-guards.server.ts';
import { pageTitle } from '../frame/page-title.ts';
import { useMay } from '../frame/use-may.ts';
import { SecretsNotYet } from '../secrets/not-yet.tsx';
import { saveSecretForm } from '../secrets/save-form.server.ts';
import { SecretForm } from '../secrets/secret-form.tsx';

type Data = Awaited<ReturnType<typeof loader>>;

export const handle: CrumbHandle<Data> = {
  crumbs: (secret) => [{ word: 'Secrets', to: 'secrets' }, { word: secret?.name ?? 'Secret' }],
};
export const meta: MetaFunction<typeof loader> = ({ matches, data }) => pageTitle(matches, data?.name ?? 'Secret');

export async function loader({ params, context }: LoaderFunctionArgs) {
  requireMember(context);
  return await hubCall(context, () => context.caller.secrets.get(refOf(context, secretRef, params)));
}

export async function action({ request, params, context }: ActionFunctionArgs) {
  requireMember(context);
  const ref = refOf(context, secretRef, params);
  const { tenant = '' } = params;
  const sent = await request.clone().formData();
  if (sent.get('intent') !== 'delete') return saveSecretForm({ request, context, tenant, id: ref.id });
  const { problem } = await hubTry(context, () => context.caller.secrets.delete(ref));
  return problem ? { problem } : redirectWithToast(`/t/${tenant}/secrets`, 'Secret deleted');
}

export default function SecretPage() {
  const secret = useLoaderData<typeof loader>();
  const reply = useActionData<typeof action>();
  const { tenant = '' } = useParams();
  const mayWrite = useMay()('secrets.write');
  return (
    <>
      <PageHeader title={secret.name}>
        <IdText id={secret.id} label="the id of the secret" />
        {mayWrite ? (
          <div className="page-actions">
            <DeleteButton
              what={`the secret ${secret.name}`}
              references={secret.usedBy.map((one) => ({ ...one, how: 'has a parameter that names it' }))}
              blockedText="Parameters name it. Change them first."
            >
              It can not be brought back.
            </DeleteButton>
          </div>
        ) : null}
      </PageHeader>
      <SecretsNotYet />
      <section className="card panel" aria-labelledby="used-title">
        <h2 id="used-title">Named by</h2>
        <RefList references={secret.usedBy} empty="No parameter names it." />
      </section>
      {mayWrite ? (
        <SecretForm
          secret={secret}
          reply={reply && 'result' in reply ? reply : undefined}
          cancelTo={`/t/${tenant}/secrets`}
        />
      ) : null}
    </>
  );
}

export function ErrorBoundary() {
  return <ProblemPage />;
}
