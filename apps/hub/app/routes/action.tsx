import { actionRef } from '@nexomatic/contracts/action-api';
import { Link, type MetaFunction, useActionData, useLoaderData } from '@remix-run/react';
import type { ActionFunctionArgs, LoaderFunctionArgs } from '@remix-run/server-runtime';
import { z } from 'zod';
import { actionLabels, historyBody } from '../actions/action-fields.ts';
import { ActionOverview } from '../actions/action-overview.tsx';
import { Copy, Pencil } from '../components/icons.ts';
import { IdText } from '../components/id-text.tsx';
import { KeyValue } from '../components/key-value.tsx';
import { LinkTabs } from '../components/link-tabs.tsx';
import { PageHeader } from '../components/page-header.tsx';
import { ProblemBanner } from '../components/problem-banner.tsx';
import { ProblemPage } from '../components/problem-page.tsx';
import { redirectWithToast } from '../components/toast/redirect-with-toast.server.ts';
import { DeleteButton } from '../definitions/delete-button.tsx';
import { eventTypeChoices } from '../definitions/event-type-choices.server.ts';
import { VersionHistory } from '../definitions/version-history.tsx';
import type { CrumbHandle } from '../frame/crumbs.tsx';
import { hubCall, hubTry, requireMember } from '../frame/hub-call.server.ts';
import { refOf } from '../frame/page-guards.server.ts';
import { pageTitle } from '../frame/page-title.ts';
import { useMay } from '../frame/use-may.ts';
import { TimeText } from '../time/time-text.tsx';

type Data = Awaited<ReturnType<typeof loader>>;

export const handle: CrumbHandle<Data> = {
  crumbs: (data) => [{ word: 'Actions', to: 'actions' }, { word: data?.action.name ?? 'Action' }],
};
export const meta: MetaFunction<typeof loader> = ({ matches, data }) =>
  pageTitle(matches, data?.action.name ?? 'Action');

export async function loader({ request, params, context }: LoaderFunctionArgs) {
  requireMember(context);
  const ref = refOf(context, actionRef, params);
  const { actions } = context.caller;
  const found = await hubCall(context, () => actions.get(ref));
  if (new URL(request.url).searchParams.get('tab') === 'history') {
    const { versions } = await hubCall(context, () => actions.versions(ref));
    const eventTypes = await eventTypeChoices(context);
    const shown = versions.map((one) => ({ ...one, body: historyBody(one.body, eventTypes) }));
    return { action: found, warnings: [], versions: shown };
  }
  const { id, name, description, module, onSuccessId, onFailureId, parameters } = found;
  const { warnings } = await hubCall(context, () =>
    actions.check({ id, name, description, module, onSuccessId, onFailureId, parameters }),
  );
  return { action: found, warnings, versions: null };
}

const restoreForm = z.object({ version: z.coerce.number(), restore: z.coerce.number() });

export async function action({ request, params, context }: ActionFunctionArgs) {
  requireMember(context);
  const ref = refOf(context, actionRef, params);
  const sent = Object.fromEntries(await request.formData());
  if (sent.intent === 'restore') {
    const { done, problem } = await hubTry(context, () =>
      context.caller.actions.restore({ ...ref, ...restoreForm.parse(sent) }),
    );
    if (problem) return { problem };
    return redirectWithToast(`/t/${params.tenant}/actions/${ref.id}?tab=history`, `Saved as version ${done.version}`);
  }
  const { problem } = await hubTry(context, () => context.caller.actions.delete(ref));
  return problem ? { problem } : redirectWithToast(`/t/${params.tenant}/actions`, 'Action deleted');
}

export default function ActionPage() {
  const { action: shown, warnings, versions } = useLoaderData<typeof loader>();
  const reply = useActionData<typeof action>();
  const mayWrite = useMay()('definitions.write');
  return (
    <>
      <PageHeader title={shown.name}>
        <IdText id={shown.id} label="the id of the action" />
        {mayWrite ? (
          <div className="page-actions">
            <Link to="edit" className="button">
              <Pencil size={14} aria-hidden="true" />
              Edit
            </Link>
            <Link to={`../actions/new?from=${shown.id}`} className="button">
              <Copy size={14} aria-hidden="true" />
              Duplicate
            </Link>
            <DeleteButton
              what={`the action ${shown.name}`}
              references={shown.usedBy.map((one) => ({ ...one, how: 'runs it' }))}
              blockedText="Event types run it. Give them another action first, or delete them."
            >
              Its versions stay for the events that ran them; the action itself can not be brought back.
            </DeleteButton>
          </div>
        ) : null}
      </PageHeader>
      {shown.description ? <p className="max-w-prose text-muted">{shown.description}</p> : null}
      <KeyValue
        items={[
          { name: 'Module', value: <code className="break-all text-xs">{shown.module}</code> },
          { name: 'Version', value: shown.version },
          { name: 'Changed', value: <TimeText at={shown.updatedAt} /> },
          { name: 'Made', value: <TimeText at={shown.createdAt} /> },
        ]}
      />
      <ProblemBanner problem={reply?.problem} />
      <LinkTabs
        label="Parts of the action"
        active={versions ? 'history' : 'overview'}
        tabs={[
          { key: 'overview', word: 'Overview', to: '?' },
          { key: 'history', word: 'History', to: '?tab=history', count: shown.version },
        ]}
      />
      {versions ? (
        <VersionHistory versions={versions} labels={actionLabels} mayRestore={mayWrite} />
      ) : (
        <ActionOverview action={shown} warnings={warnings} />
      )}
    </>
  );
}

export function ErrorBoundary() {
  return <ProblemPage />;
}
