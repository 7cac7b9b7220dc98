import type { SecretSummary, SecretVersions as Versions } from '@nexomatic/contracts/secret-api';
import { Link, useParams } from '@remix-run/react';
import { Explain } from '../components/explain.tsx';
import { KeyValue } from '../components/key-value.tsx';
import { RefList } from '../components/ref-list.tsx';
import { objectPath } from '../frame/objects.ts';
import { Labels } from '../sinks/labels.tsx';
import { TimeText } from '../time/time-text.tsx';
import { RollBack } from './roll-back.tsx';
import { SecretExamples } from './secret-examples.tsx';
import { stateMeaning } from './secret-state.tsx';
import { SecretVersions } from './secret-versions.tsx';
import { countBytes } from './value/value-facts.ts';

interface SecretOverviewProps {
  secret: SecretSummary;
  versions: Versions['versions'];
  /** Names of what is granted, by their ids. */
  granted: Readonly<Record<string, string>>;
  mayWrite: boolean;
}

/** What is known of a secret: everything but its value. */
export function SecretOverview({ secret, versions, granted, mayWrite }: SecretOverviewProps) {
  return (
    <>
      <SecretFacts secret={secret} granted={granted} />
      {secret.state === 'ok' ? null : (
        <Explain warning={secret.state !== 'unused'}>{stateMeaning(secret.state)}</Explain>
      )}
      {secret.short ? (
        <Explain warning>
          Its value is too short to mask: a module that prints it shows it in the log. Replace it by a longer one if
          that can be.
        </Explain>
      ) : null}
      {secret.rollBack && mayWrite ? <RollBack secret={secret} {...secret.rollBack} /> : null}
      <div className="columns">
        <div className="stack">
          <section className="card panel" aria-labelledby="used-title">
            <h2 id="used-title">Used by</h2>
            <RefList references={secret.usedBy} empty="No parameter names it." />
          </section>
          <section className="card panel" aria-labelledby="versions-title">
            <h2 id="versions-title">Versions</h2>
            <SecretVersions versions={versions} />
          </section>
        </div>
        <section className="card panel" aria-labelledby="module-title">
          <h2 id="module-title">In a module</h2>
          <SecretExamples name={secret.name} />
        </section>
      </div>
    </>
  );
}

function SecretFacts({ secret, granted }: Pick<SecretOverviewProps, 'secret' | 'granted'>) {
  const { valueVersion, valueSetAt, valueSetBy, size, lastUsed, expiresAt, labels } = secret;
  const { eventTypeIds, sinkTypeIds } = secret.grants;
  return (
    <KeyValue
      items={[
        { name: 'Version', value: valueVersion || 'none yet' },
        valueSetAt
          ? {
              name: 'Set',
              value: (
                <>
                  <TimeText at={valueSetAt} />
                  {valueSetBy ? ` by ${valueSetBy}` : null}
                </>
              ),
            }
          : null,
        size === null ? null : { name: 'Size', value: countBytes(size) },
        { name: 'Last used', value: lastUsed ? <LastUsed {...lastUsed} /> : 'never' },
        { name: 'Event types', value: <Granted ids={eventTypeIds} names={granted} /> },
        { name: 'Sink types', value: <Granted ids={sinkTypeIds} names={granted} /> },
        expiresAt ? { name: 'Reminder', value: expiresAt } : null,
        Object.keys(labels).length > 0 ? { name: 'Labels', value: <Labels labels={labels} /> } : null,
      ]}
    />
  );
}

function LastUsed({ at, eventId, sinkId, sinkName }: NonNullable<SecretSummary['lastUsed']>) {
  const { tenant = '' } = useParams();
  const links = [
    eventId ? { id: eventId, word: 'its event' } : null,
    sinkId ? { id: sinkId, word: sinkName ?? 'a sink that is gone' } : null,
  ];
  return (
    <span className="inline-flex flex-wrap gap-x-2">
      <TimeText at={at} />
      {links.map((link) =>
        link ? (
          <Link key={link.id} to={objectPath(tenant, link.id) ?? '.'} className="link">
            {link.word}
          </Link>
        ) : null,
      )}
    </span>
  );
}

function Granted({ ids, names }: { ids: readonly string[] | null; names: Readonly<Record<string, string>> }) {
  const { tenant = '' } = useParams();
  if (ids === null) return 'any';
  if (ids.length === 0) return <span className="text-warning">none</span>;
  return (
    <span className="inline-flex flex-wrap gap-x-2">
      {ids.map((id) => (
        <Link key={id} to={objectPath(tenant, id) ?? '.'} className="link">
          {names[id] ?? 'one that is gone'}
        </Link>
      ))}
    </span>
  );
}
