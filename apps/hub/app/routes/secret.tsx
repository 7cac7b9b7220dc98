import { secretRef } from '@nexomatic/contracts/secret-api';
import { Link, type MetaFunction, useActionData, useLoaderData } from '@remix-run/react';
import type { ActionFunctionArgs, LoaderFunctionArgs } from '@remix-run/server-runtime';
import { RefreshCw } from '../components/icons.ts';
import { IdText } from '../components/id-text.tsx';
import { PageHeader } from '../components/page-header.tsx';
import { ProblemBanner } from '../components/problem-banner.tsx';
import { ProblemPage } from '../components/problem-page.tsx';
import { DeleteButton } from '../definitions/delete-button.tsx';
import { listQuery } from '../definitions/list-query.server.ts';
import type { CrumbHandle } from '../frame/crumbs.tsx';
import { hubCall, requireMember } from '../frame/hub-call.server.ts';
import { refOf } from '../frame/page-guards.server.ts';
import { pageTitle } from '../frame/page-title.ts';
import { useMay } from '../frame/use-may.ts';
import { actOnSecret } from '../secrets/act-on-secret.server.ts';
import { CheckButton } from '../secrets/check-button.tsx';
import { EndToEndBadge } from '../secrets/end-to-end/end-to-end-badge.tsx';
import { sinksToAsk } from '../secrets/end-to-end/key-holder.ts';
import { grantNames, keyHolders } from '../secrets/load-form.server.ts';
import { SecretOverview } from '../secrets/secret-overview.tsx';
import { SecretState } from '../secrets/secret-state.tsx';
import { SecretUses } from '../secrets/secret-uses.tsx';

type Data = Awaited<ReturnType<typeof loader>>;

export const handle: CrumbHandle<Data> = {
  crumbs: (data) => [{ word: 'Secrets', to: 'secrets' }, { word: data?.secret.name ?? 'Secret' }],
};
export const meta: MetaFunction<typeof loader> = ({ matches, data }) =>
  pageTitle(matches, data?.secret.name ?? 'Secret');

export async function loader({ request, params, context }: LoaderFunctionArgs) {
  requireMember(context);
  const ref = refOf(context, secretRef, params);
  const { secrets } = context.caller;
  const secret = await hubCall(context, () => secrets.get(ref));
  const { versions } = await hubCall(context, () => secrets.versions(ref));
  const { cursor } = listQuery(request);
  const uses = await hubCall(context, () => secrets.uses({ ...ref, limit: 20, ...(cursor ? { cursor } : {}) }));
  const { eventTypeIds, sinkTypeIds } = secret.grants;
  const granted = eventTypeIds || sinkTypeIds ? await grantNames(context) : {};
  const holders = await keyHolders(context);
  return { secret, versions, uses, granted, holders };
}

export async function action({ request, params, context }: ActionFunctionArgs) {
  requireMember(context);
  const { id } = refOf(context, secretRef, params);
  return await actOnSecret(context, { id, tenant: params.tenant ?? '', form: await request.formData() });
}

export default function SecretPage() {
  const { secret, versions, uses, granted, holders } = useLoaderData<typeof loader>();
  const reply = useActionData<typeof action>();
  const mayWrite = useMay()('secrets.write');
  return (
    <>
      <PageHeader title={secret.name}>
        <SecretState state={secret.state} />
        {secret.endToEnd ? <EndToEndBadge /> : null}
        <IdText id={secret.id} label="the id of the secret" />
        {mayWrite ? <SecretActions secret={secret} holders={holders} /> : null}
      </PageHeader>
      {secret.description ? <p className="max-w-prose text-muted">{secret.description}</p> : null}
      <ProblemBanner problem={reply && 'problem' in reply ? reply.problem : undefined} />
      <SecretOverview secret={secret} versions={versions} granted={granted} holders={holders} mayWrite={mayWrite} />
      <SecretUses {...uses} />
    </>
  );
}

function SecretActions({ secret, holders }: Pick<Data, 'secret' | 'holders'>) {
  const { name, usedBy, valueVersion } = secret;
  const isEmpty = valueVersion === 0 || secret.state === 'lost';
  return (
    <div className="page-actions">
      <Link to="edit" className="button-primary">
        <RefreshCw size={14} aria-hidden="true" />
        {isEmpty ? 'Set value' : 'Replace or edit'}
      </Link>
      {isEmpty ? null : <CheckButton secret={secret} sinks={sinksToAsk(secret, holders)} />}
      <DeleteButton
        what={`the secret ${name}`}
        references={usedBy.map((one) => ({ ...one, how: 'has a parameter that names it' }))}
        {...(usedBy.length > 0 ? { typeName: name, fields: { confirm: name } } : {})}
      >
        {usedBy.length > 0
          ? 'Its value is gone for good, and events of these end as ERROR before any code runs:'
          : 'Its value is gone for good. No parameter names it.'}
      </DeleteButton>
    </div>
  );
}

export function ErrorBoundary() {
  return <ProblemPage />;
}
