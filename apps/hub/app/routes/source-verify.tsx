import { may } from '@nexomatic/contracts/permission';
import { sourceRef } from '@nexomatic/contracts/source-api';
import { useActionData, useLoaderData } from '@remix-run/react';
import type { ActionFunctionArgs, LoaderFunctionArgs } from '@remix-run/server-runtime';
import { ProblemPage } from '../components/problem-page.tsx';
import type { CrumbHandle } from '../frame/crumbs.tsx';
import { hubCall, requireMember } from '../frame/hub-call.server.ts';
import { refOf } from '../frame/page-guards.server.ts';
import { useMay } from '../frame/use-may.ts';
import { webhookOf } from '../sources/save-settings.server.ts';
import { useSource } from '../sources/source-context.ts';
import { actOnVerify } from '../sources/verify/act-on-verify.server.ts';
import { SecretList } from '../sources/verify/secret-list.tsx';
import { VerifyForm } from '../sources/verify/verify-form.tsx';

export const handle: CrumbHandle = { crumbs: () => [{ word: 'Verify' }] };

export async function loader({ params, context }: LoaderFunctionArgs) {
  const { member } = requireMember(context);
  const { id } = refOf(context, sourceRef, params);
  const { settings } = await webhookOf(context, id);
  if (!may(member.role, 'secrets.read')) return { settings, secrets: null };
  const { secrets } = await hubCall(context, () => context.caller.sourceSecrets.list({ source: id }));
  return { settings, secrets };
}

export async function action({ request, params, context }: ActionFunctionArgs) {
  requireMember(context);
  const { id } = refOf(context, sourceRef, params);
  return await actOnVerify(context, { id, tenant: params.tenant ?? '', form: await request.formData() });
}

export default function Verify() {
  const { settings, secrets } = useLoaderData<typeof loader>();
  const reply = useActionData<typeof action>();
  const { source } = useSource();
  const mayDo = useMay();
  const form = reply && 'result' in reply ? reply : undefined;
  return (
    <>
      {secrets ? (
        <SecretList scheme={settings.verification.scheme} secrets={secrets} mayWrite={mayDo('secrets.write')} />
      ) : null}
      <VerifyForm source={source} settings={settings} reply={form} mayWrite={mayDo('definitions.write')} />
    </>
  );
}

export function ErrorBoundary() {
  return <ProblemPage />;
}
