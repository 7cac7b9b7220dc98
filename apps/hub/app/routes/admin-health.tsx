import type { InstanceHealth } from '@nexomatic/contracts/instance-api';
import { type MetaFunction, useLoaderData, useRevalidator } from '@remix-run/react';
import type { LoaderFunctionArgs } from '@remix-run/server-runtime';
import { ArchiveState } from '../admin/archive-state.tsx';
import { HeldAtEdge } from '../admin/held-at-edge.tsx';
import { KeyringUse } from '../admin/keyring-use.tsx';
import { Badge } from '../components/badge.tsx';
import { CircleCheck, CircleX, ExternalLink } from '../components/icons.ts';
import { KeyValue } from '../components/key-value.tsx';
import { PageHeader } from '../components/page-header.tsx';
import { ProblemPage } from '../components/problem-page.tsx';
import { hubCall, requireAdmin } from '../frame/hub-call.server.ts';
import { pageTitle } from '../frame/page-title.ts';
import { formatDuration } from '../time/format-time.ts';
import { TimeText } from '../time/time-text.tsx';

export const meta: MetaFunction = ({ matches }) => pageTitle(matches, 'Health');

export async function loader({ context }: LoaderFunctionArgs) {
  requireAdmin(context);
  return await hubCall(context, () => context.caller.instance.health());
}

const words = { database: 'Database', redis: 'Redis', migrations: 'Tables as this version needs them' } as const;

export default function AdminHealth() {
  const health = useLoaderData<typeof loader>();
  const { state, revalidate } = useRevalidator();
  return (
    <>
      <PageHeader title="Health">
        <Result ok={health.ready} good="ready" bad="not ready" />
        <span className="ml-auto flex items-center gap-3 text-muted text-sm">
          <span>
            checked <TimeText at={health.checkedAt} />
          </span>
          <button type="button" className="button" onClick={revalidate} disabled={state !== 'idle'}>
            {state === 'idle' ? 'Check again' : 'Checking…'}
          </button>
        </span>
      </PageHeader>
      <Checks checks={health.checks} />
      <HeldAtEdge edge={health.edge} />
      <ArchiveState archive={health.archive} />
      <KeyringUse keyring={health.keyring} />
      <KeyValue
        items={[
          { name: 'Hub', value: health.versions.hub },
          { name: 'Database', value: health.versions.database },
          { name: 'Redis', value: health.versions.redis ?? 'does not answer' },
          { name: 'Node', value: health.versions.node },
          { name: 'This process began', value: <TimeText at={health.startedAt} /> },
        ]}
      />
      <p className="text-muted text-sm">
        The same is told to machines at{' '}
        <a href="/readyz" className="link">
          /readyz
        </a>{' '}
        and{' '}
        <a href="/metrics" className="link">
          /metrics
        </a>
        . What waits in Redis is on the{' '}
        <a href="/admin/queues" className="link">
          queue dashboard <ExternalLink size={12} aria-hidden="true" className="inline" />
        </a>
        , to look at only.
      </p>
    </>
  );
}

function Checks({ checks }: { checks: InstanceHealth['checks'] }) {
  return (
    <section className="card overflow-clip" aria-label="Checks">
      <table className="plain">
        <thead>
          <tr>
            <th scope="col">What the hub needs</th>
            <th scope="col">State</th>
            <th scope="col">Answered in</th>
          </tr>
        </thead>
        <tbody>
          {checks.map(({ name, result, ms }) => (
            <tr key={name}>
              <th scope="row">{words[name]}</th>
              <td>
                <Result ok={result === 'ok'} good="ok" bad={result} />
              </td>
              <td className="tabular-nums">{formatDuration(ms)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

const Result = ({ ok, good, bad }: { ok: boolean; good: string; bad: string }) =>
  ok ? (
    <Badge tone="good" icon={<CircleCheck size={12} aria-hidden="true" />}>
      {good}
    </Badge>
  ) : (
    <Badge tone="bad" icon={<CircleX size={12} aria-hidden="true" />}>
      {bad}
    </Badge>
  );

export function ErrorBoundary() {
  return <ProblemPage />;
}
