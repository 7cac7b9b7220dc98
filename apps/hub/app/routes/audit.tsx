import { type MetaFunction, useLoaderData, useParams } from '@remix-run/react';
import type { LoaderFunctionArgs } from '@remix-run/server-runtime';
import { AuditPage } from '../audit/audit-page.tsx';
import { auditFilterOf } from '../audit/audit-query.ts';
import { readAuditPage } from '../audit/read-audit-page.server.ts';
import { Download } from '../components/icons.ts';
import { PageHeader } from '../components/page-header.tsx';
import { ProblemPage } from '../components/problem-page.tsx';
import type { CrumbHandle } from '../frame/crumbs.tsx';
import { hubCall, requireMember } from '../frame/hub-call.server.ts';
import { pageTitle } from '../frame/page-title.ts';
import { useZone } from '../time/now.ts';

export const handle: CrumbHandle = { crumbs: () => [{ word: 'Audit log' }] };
export const meta: MetaFunction = ({ matches }) => pageTitle(matches, 'Audit log');

export async function loader({ request, context }: LoaderFunctionArgs) {
  requireMember(context);
  return await hubCall(context, () => readAuditPage(request, context.caller.audit));
}

export default function Audit() {
  const data = useLoaderData<typeof loader>();
  const { tenant = '' } = useParams();
  const exported = new URLSearchParams({ tenant, ...auditFilterOf(data.query, useZone()) });
  return (
    <>
      <PageHeader title="Audit log">
        <a href={`/api/v1/audit/export?${exported}`} className="button ml-auto" download>
          <Download size={14} aria-hidden="true" />
          Export NDJSON
        </a>
      </PageHeader>
      <AuditPage {...data} tenant={tenant} />
    </>
  );
}

export function ErrorBoundary() {
  return <ProblemPage />;
}
