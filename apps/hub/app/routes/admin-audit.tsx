import { type MetaFunction, useLoaderData } from '@remix-run/react';
import type { LoaderFunctionArgs } from '@remix-run/server-runtime';
import { AuditPage } from '../audit/audit-page.tsx';
import { readAuditPage } from '../audit/read-audit-page.server.ts';
import { PageHeader } from '../components/page-header.tsx';
import { ProblemPage } from '../components/problem-page.tsx';
import { hubCall, requireAdmin } from '../frame/hub-call.server.ts';
import { pageTitle } from '../frame/page-title.ts';

export const meta: MetaFunction = ({ matches }) => pageTitle(matches, 'Audit log of the hub');

export async function loader({ request, context }: LoaderFunctionArgs) {
  requireAdmin(context);
  const { audit: list, auditEntry: get } = context.caller.instance;
  return await hubCall(context, () => readAuditPage(request, { list, get }));
}

export default function AdminAudit() {
  const data = useLoaderData<typeof loader>();
  return (
    <>
      <PageHeader title="Audit log">
        <p className="text-muted text-sm">Tenants, users and administrators. Each tenant has a log of its own.</p>
      </PageHeader>
      <AuditPage {...data} />
    </>
  );
}

export function ErrorBoundary() {
  return <ProblemPage />;
}
