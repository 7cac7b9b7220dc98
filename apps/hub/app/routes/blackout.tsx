import { blackoutRef } from '@nexomatic/contracts/blackout-api';
import { type MetaFunction, useActionData, useLoaderData, useParams } from '@remix-run/react';
import type { ActionFunctionArgs, LoaderFunctionArgs } from '@remix-run/server-runtime';
import { Badge } from '../components/badge.tsx';
import { PageHeader } from '../components/page-header.tsx';
import { ProblemPage } from '../components/problem-page.tsx';
import { DeleteButton } from '../definitions/delete-button.tsx';
import type { CrumbHandle } from '../frame/crumbs.tsx';
import { hubCall, requireMember } from '../frame/hub-call.server.ts';
import { refOf } from '../frame/page-guards.server.ts';
import { pageTitle } from '../frame/page-title.ts';
import { useMay } from '../frame/use-may.ts';
import { BlackoutForm } from '../schedules/blackouts/blackout-form.tsx';
import { BlackoutTime } from '../schedules/blackouts/blackout-list.tsx';
import { loadBlackoutForm } from '../schedules/blackouts/load-blackout-form.server.ts';
import { saveBlackout } from '../schedules/blackouts/save-blackout.server.ts';

type Data = Awaited<ReturnType<typeof loader>>;

export const handle: CrumbHandle<Data> = {
  crumbs: (data) => [
    { word: 'Schedules', to: 'schedules' },
    { word: 'Blackout windows', to: 'schedules/blackouts' },
    { word: data?.blackout.name ?? 'Window' },
  ],
};
export const meta: MetaFunction<typeof loader> = ({ matches, data }) =>
  pageTitle(matches, data?.blackout.name ?? 'Blackout window');

export async function loader({ request, params, context }: LoaderFunctionArgs) {
  requireMember(context);
  const blackout = await hubCall(context, () => context.caller.blackouts.get(refOf(context, blackoutRef, params)));
  return { blackout, ...(await loadBlackoutForm(context, request)) };
}

export function action({ request, params, context }: ActionFunctionArgs) {
  requireMember(context);
  const { id } = refOf(context, blackoutRef, params);
  return saveBlackout({ request, context, tenant: params.tenant ?? '', id });
}

export default function BlackoutPage() {
  const { blackout, schedules, zone } = useLoaderData<typeof loader>();
  const reply = useActionData<typeof action>();
  const { tenant = '' } = useParams();
  const mayWrite = useMay()('definitions.write');
  return (
    <>
      <PageHeader title={blackout.name}>
        {blackout.active ? <Badge tone="warning">runs are skipped now</Badge> : null}
        {mayWrite ? (
          <div className="page-actions">
            <DeleteButton what={`the window ${blackout.name}`}>Runs that are due in it fire again.</DeleteButton>
          </div>
        ) : null}
      </PageHeader>
      {mayWrite ? (
        <BlackoutForm
          blackout={blackout}
          schedules={schedules}
          zone={zone}
          reply={reply}
          cancelTo={`/t/${tenant}/schedules/blackouts`}
        />
      ) : (
        <p>
          <BlackoutTime blackout={blackout} />
        </p>
      )}
    </>
  );
}

export function ErrorBoundary() {
  return <ProblemPage />;
}
