import { isId } from '@nexomatic/contracts/id';
import { type MetaFunction, useActionData, useLoaderData, useParams } from '@remix-run/react';
import type { ActionFunctionArgs, LoaderFunctionArgs } from '@remix-run/server-runtime';
import { IdText } from '../components/id-text.tsx';
import { KeyValue } from '../components/key-value.tsx';
import { LinkTabs } from '../components/link-tabs.tsx';
import { PageHeader } from '../components/page-header.tsx';
import { ProblemBanner } from '../components/problem-banner.tsx';
import { ProblemPage } from '../components/problem-page.tsx';
import { VersionHistory } from '../definitions/version-history.tsx';
import { actOnEventType } from '../event-types/act-on-page.server.ts';
import { EventTypeButtons } from '../event-types/event-type-buttons.tsx';
import { eventTypeLabels } from '../event-types/event-type-fields.ts';
import { Enabled } from '../event-types/event-type-list.tsx';
import { EventTypeOverview } from '../event-types/event-type-overview.tsx';
import { eventTypeTabs, tabOf, tabWords } from '../event-types/event-type-tabs.ts';
import { loadTab } from '../event-types/load-page.server.ts';
import { ParametersPanel } from '../event-types/parameters-panel.tsx';
import { SchemaPanel } from '../event-types/schema-panel.tsx';
import { TestPanel } from '../event-types/test-panel.tsx';
import type { CrumbHandle } from '../frame/crumbs.tsx';
import { notFound, requireMember } from '../frame/hub-call.server.ts';
import { pageTitle } from '../frame/page-title.ts';
import { useMay } from '../frame/use-may.ts';
import { TimeText } from '../time/time-text.tsx';

type Data = Awaited<ReturnType<typeof loader>>;

export const handle: CrumbHandle<Data> = {
  crumbs: (data) => [{ word: 'Event types', to: 'event-types' }, { word: data?.eventType.name ?? 'Event type' }],
};
export const meta: MetaFunction<typeof loader> = ({ matches, data }) =>
  pageTitle(matches, data?.eventType.name ?? 'Event type');

export async function loader({ request, params: { id = '' }, context }: LoaderFunctionArgs) {
  requireMember(context);
  if (!isId('eventType', id)) throw notFound(context.requestId);
  return await loadTab(context, id, tabOf(new URL(request.url).searchParams));
}

export async function action({ request, params: { tenant = '', id = '' }, context }: ActionFunctionArgs) {
  requireMember(context);
  if (!isId('eventType', id)) throw notFound(context.requestId);
  return await actOnEventType(context, { tenant, id, form: await request.formData() });
}

export default function EventTypePage() {
  const data = useLoaderData<typeof loader>();
  const reply = useActionData<typeof action>();
  const { tenant = '' } = useParams();
  const { eventType, tab } = data;
  const { name, description, enabled, version, updatedAt, lastEvent, disabledAt } = eventType;
  return (
    <>
      <PageHeader title={name}>
        <Enabled enabled={enabled} />
        <IdText id={eventType.id} label="the id of the event type" />
        <EventTypeButtons eventType={eventType} />
      </PageHeader>
      {description ? <p className="max-w-prose text-muted">{description}</p> : null}
      <KeyValue
        items={[
          disabledAt ? { name: 'Disabled', value: <TimeText at={disabledAt} /> } : null,
          { name: 'Last event', value: lastEvent ? <TimeText at={lastEvent.createdAt} /> : 'never' },
          { name: 'Version', value: version },
          { name: 'Changed', value: <TimeText at={updatedAt} /> },
        ]}
      />
      {tab === 'test' ? null : <ProblemBanner problem={reply?.problem} />}
      <LinkTabs
        label="Parts of the event type"
        active={tab}
        tabs={[
          ...eventTypeTabs.map((key) => ({
            ...{ key, word: tabWords[key], to: key === 'overview' ? '?' : `?tab=${key}` },
            ...(key === 'history' ? { count: version } : {}),
          })),
          { key: 'events', word: 'Events', to: `/t/${tenant}/events?q=${encodeURIComponent(`type:${name}`)}` },
        ]}
      />
      <Part data={data} reply={reply} />
    </>
  );
}

function Part({ data, reply }: { data: Data; reply: ReturnType<typeof useActionData<typeof action>> }) {
  const mayWrite = useMay()('definitions.write');
  const { eventType } = data;
  switch (data.tab) {
    case 'overview':
      return <EventTypeOverview eventType={eventType} chain={data.chain} warnings={data.warnings} />;
    case 'test':
      return (
        <TestPanel
          eventType={eventType}
          payload={data.latest ?? '{}'}
          fromLatest={data.latest !== null}
          sinks={data.sinks}
          reply={reply}
        />
      );
    case 'parameters':
      return <ParametersPanel eventType={eventType} ofAction={data.ofAction} />;
    case 'schema':
      return <SchemaPanel eventType={eventType} samples={data.samples} />;
    case 'history':
      return <VersionHistory versions={data.versions} labels={eventTypeLabels} mayRestore={mayWrite} />;
    default:
      return data satisfies never;
  }
}

export function ErrorBoundary() {
  return <ProblemPage />;
}
