import { parseWithZod } from '@conform-to/zod/v4';
import { type SourceKind, sourceKinds } from '@nexomatic/contracts/definition-api';
import { type MetaFunction, useActionData, useLoaderData, useNavigate, useParams } from '@remix-run/react';
import type { ActionFunctionArgs, LoaderFunctionArgs } from '@remix-run/server-runtime';
import { useEffect } from 'react';
import { refuseForm } from '../components/form/form-reply.server.ts';
import { PageHeader } from '../components/page-header.tsx';
import { ProblemPage } from '../components/problem-page.tsx';
import { eventTypeChoices } from '../definitions/event-type-choices.server.ts';
import type { CrumbHandle } from '../frame/crumbs.tsx';
import { hubCall, hubTry, requireMember } from '../frame/hub-call.server.ts';
import { requirePermission } from '../frame/page-guards.server.ts';
import { pageTitle } from '../frame/page-title.ts';
import { AddressOnce } from '../sources/address-once.tsx';
import { NewSourceForm } from '../sources/new-source-form.tsx';
import { newSourceFieldNames, newSourceForm, startOfScheme } from '../sources/source-form-schema.server.ts';

export const handle: CrumbHandle = { crumbs: () => [{ word: 'Sources', to: 'sources' }, { word: 'New source' }] };
export const meta: MetaFunction = ({ matches }) => pageTitle(matches, 'New source');

export async function loader({ request, context }: LoaderFunctionArgs) {
  requirePermission(context, 'definitions.write');
  const asked = new URL(request.url).searchParams.get('kind');
  const { sourceTypes } = await hubCall(context, () => context.caller.sourceTypes.list({}));
  return {
    sourceTypes,
    eventTypes: await eventTypeChoices(context),
    kind: sourceKinds.find((kind) => kind === asked) ?? 'WEBHOOK',
  };
}

/** Answers with the address: there is no place at which it could be read again, so it must not stand in a redirect. */
export async function action({ request, context }: ActionFunctionArgs) {
  requireMember(context);
  const submission = parseWithZod(await request.formData(), { schema: newSourceForm });
  if (submission.status !== 'success') return refuseForm(submission);
  const { kind, name, scheme, eventTypeId } = submission.value;
  const webhook = scheme ? { settings: { verification: startOfScheme(scheme) } } : {};
  const input = { kind, name, ...(kind === 'WEBHOOK' ? { ...webhook, ...(eventTypeId ? { eventTypeId } : {}) } : {}) };
  const { done, problem } = await hubTry(context, () => context.caller.sources.create(input));
  if (problem) return refuseForm(submission, problem, newSourceFieldNames);
  return { made: { id: done.id, kind, address: done.address, scheme: done.scheme } };
}

/** Where a kind is set up that is more than its name. */
const nextOf: Partial<Record<SourceKind, string>> = { EVENT_GRID: '/event-grid' };

export default function NewSource() {
  const { sourceTypes, eventTypes, kind } = useLoaderData<typeof loader>();
  const reply = useActionData<typeof action>();
  const { tenant = '' } = useParams();
  const navigate = useNavigate();
  const made = reply && 'made' in reply ? reply.made : undefined;
  useEffect(() => {
    if (made)
      navigate(`/t/${tenant}/sources/${made.id}${nextOf[made.kind] ?? ''}`, {
        replace: true,
        state: { address: made.address },
      });
  }, [made, navigate, tenant]);
  return (
    <>
      <PageHeader title="New source" />
      {made?.address ? <AddressOnce address={made.address} scheme={made.scheme} /> : null}
      {reply && 'made' in reply ? null : (
        <NewSourceForm sourceTypes={sourceTypes} eventTypes={eventTypes} kind={kind} reply={reply} />
      )}
    </>
  );
}

export function ErrorBoundary() {
  return <ProblemPage />;
}
