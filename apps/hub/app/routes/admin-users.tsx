import { type MetaFunction, useLoaderData } from '@remix-run/react';
import type { ActionFunctionArgs, LoaderFunctionArgs } from '@remix-run/server-runtime';
import { userIntents } from '../admin/admin-intents.server.ts';
import { UserList } from '../admin/user-list.tsx';
import { PageHeader } from '../components/page-header.tsx';
import { ProblemPage } from '../components/problem-page.tsx';
import { SearchField } from '../components/search-field.tsx';
import { Pager } from '../components/table/pager.tsx';
import { redirectWithToast } from '../components/toast/redirect-with-toast.server.ts';
import { hubCall, hubTry, requireAdmin } from '../frame/hub-call.server.ts';
import { listQuery } from '../frame/list-query.ts';
import { pageTitle } from '../frame/page-title.ts';

export const meta: MetaFunction = ({ matches }) => pageTitle(matches, 'Users');

export async function loader({ request, context }: LoaderFunctionArgs) {
  requireAdmin(context);
  return await hubCall(context, () => context.caller.users.list(listQuery(request)));
}

const done = {
  disable: 'Account disabled',
  enable: 'Account enabled',
  grantAdmin: 'They administer the hub now',
  revokeAdmin: 'They administer the hub no more',
} as const;

export async function action({ request, context }: ActionFunctionArgs) {
  requireAdmin(context);
  const { intent, id } = userIntents.parse(Object.fromEntries(await request.formData()));
  const { problem } = await hubTry(context, () => context.caller.users[intent]({ id }));
  return problem ? { problem } : redirectWithToast('/admin/users', done[intent]);
}

export default function AdminUsers() {
  const { users, nextCursor } = useLoaderData<typeof loader>();
  return (
    <>
      <PageHeader title="Users" />
      <div className="flex flex-wrap items-center gap-2">
        <SearchField label="Search by name or address" />
      </div>
      <UserList users={users} />
      <Pager nextCursor={nextCursor} count={users.length} />
    </>
  );
}

export function ErrorBoundary() {
  return <ProblemPage />;
}
