import { type MetaFunction, useLoaderData } from '@remix-run/react';
import { type ActionFunctionArgs, type LoaderFunctionArgs, redirect } from '@remix-run/server-runtime';
import { ProblemPage } from '../components/problem-page.tsx';
import { SearchField } from '../components/search-field.tsx';
import { Pager } from '../components/table/pager.tsx';
import { redirectWithToast } from '../components/toast/redirect-with-toast.server.ts';
import type { CrumbHandle } from '../frame/crumbs.tsx';
import { hubCall, hubTry, requireMember } from '../frame/hub-call.server.ts';
import { pageTitle } from '../frame/page-title.ts';
import { useMay } from '../frame/use-may.ts';
import { InvitationList } from '../settings/invitation-list.tsx';
import { InviteButton } from '../settings/invite-dialog.tsx';
import { memberIntents } from '../settings/member-intents.server.ts';
import { MemberList } from '../settings/member-list.tsx';
import { RoleMatrix } from '../settings/role-matrix.tsx';
import { roleOptions } from '../settings/role-options.ts';

export const handle: CrumbHandle = { crumbs: () => [{ word: 'Members' }] };
export const meta: MetaFunction = ({ matches }) => pageTitle(matches, 'Members');

export async function loader({ request, context }: LoaderFunctionArgs) {
  const { principal } = requireMember(context);
  const query = new URL(request.url).searchParams;
  const input = { search: query.get('search') ?? undefined, cursor: query.get('cursor') ?? undefined };
  const [page, { invitations }] = await hubCall(context, () =>
    Promise.all([context.caller.members.list(input), context.caller.invitations.list({ limit: 200 })]),
  );
  return { ...page, invitations, viewerId: principal.userId };
}

export async function action({ request, context, params }: ActionFunctionArgs) {
  requireMember(context);
  const asked = memberIntents.parse(Object.fromEntries(await request.formData()));
  const { members, invitations } = context.caller;
  const here = `/t/${params.tenant}/settings/members`;
  switch (asked.intent) {
    case 'change-role': {
      const { userId, role } = asked;
      const { problem } = await hubTry(context, () => members.changeRole({ userId, role }));
      return problem ? { problem } : redirectWithToast(here, 'Role changed');
    }
    case 'remove': {
      const { problem } = await hubTry(context, () => members.remove({ userId: asked.userId }));
      return problem ? { problem } : redirectWithToast(here, 'Removed from the tenant');
    }
    case 'leave': {
      const { problem } = await hubTry(context, () => members.leave());
      return problem ? { problem } : redirect('/');
    }
    case 'invite': {
      const { email, role } = asked;
      const reply = await hubTry(context, () => invitations.create({ email, role }));
      return reply.problem ? { problem: reply.problem } : { invitation: reply.done };
    }
    case 'revoke-invitation': {
      const { problem } = await hubTry(context, () => invitations.revoke({ id: asked.id }));
      return problem ? { problem } : redirectWithToast(here, 'Invitation revoked');
    }
    default:
      return asked satisfies never;
  }
}

export default function Members() {
  const { members, nextCursor, invitations, viewerId } = useLoaderData<typeof loader>();
  const may = useMay();
  return (
    <>
      <div className="flex flex-wrap items-center gap-2">
        <SearchField label="Search by name or address" />
        {may('members.write') ? <InviteButton roles={roleOptions(may('tenant.own'))} /> : null}
      </div>
      <MemberList members={members} viewerId={viewerId} />
      <Pager nextCursor={nextCursor} count={members.length} />
      <InvitationList invitations={invitations} />
      <RoleMatrix />
    </>
  );
}

export function ErrorBoundary() {
  return <ProblemPage />;
}
