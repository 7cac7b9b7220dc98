import { Link, type MetaFunction, useLoaderData } from '@remix-run/react';
import type { ActionFunctionArgs, LoaderFunctionArgs } from '@remix-run/server-runtime';
import { tenantIntents } from '../admin/admin-intents.server.ts';
import { TenantList } from '../admin/tenant-list.tsx';
import { Plus } from '../components/icons.ts';
import { PageHeader } from '../components/page-header.tsx';
import { ProblemPage } from '../components/problem-page.tsx';
import { SearchField } from '../components/search-field.tsx';
import { Pager } from '../components/table/pager.tsx';
import { redirectWithToast } from '../components/toast/redirect-with-toast.server.ts';
import { hubCall, hubTry, requireAdmin } from '../frame/hub-call.server.ts';
import { listQuery } from '../frame/list-query.ts';
import { pageTitle } from '../frame/page-title.ts';

export const meta: MetaFunction = ({ matches }) => pageTitle(matches, 'Tenants');

export async function loader({ request, context }: LoaderFunctionArgs) {
  requireAdmin(context);
  return await hubCall(context, () => context.caller.tenants.list(listQuery(request)));
}

const done = { rename: 'Tenant renamed', suspend: 'Tenant suspended', resume: 'Tenant resumed' } as const;

export async function action({ request, context }: ActionFunctionArgs) {
  requireAdmin(context);
  const asked = tenantIntents.parse(Object.fromEntries(await request.formData()));
  const { tenants } = context.caller;
  if (asked.intent === 'invite') {
    const { id, email } = asked;
    const reply = await hubTry(context, () => tenants.inviteOwner({ id, email }));
    return reply.problem ? { problem: reply.problem } : { invitation: reply.done };
  }
  const { problem } = await hubTry(context, () => {
    const { id } = asked;
    return asked.intent === 'rename' ? tenants.rename({ id, name: asked.name }) : tenants[asked.intent]({ id });
  });
  return problem ? { problem } : redirectWithToast('/admin', done[asked.intent]);
}

export default function AdminTenants() {
  const { tenants, nextCursor } = useLoaderData<typeof loader>();
  return (
    <>
      <PageHeader title="Tenants">
        <Link to="/admin/tenants/new" className="button-primary ml-auto">
          <Plus size={14} aria-hidden="true" />
          New tenant
        </Link>
      </PageHeader>
      <div className="flex flex-wrap items-center gap-2">
        <SearchField label="Search by name or slug" />
      </div>
      <TenantList tenants={tenants} />
      <Pager nextCursor={nextCursor} count={tenants.length} />
    </>
  );
}

export function ErrorBoundary() {
  return <ProblemPage />;
}
