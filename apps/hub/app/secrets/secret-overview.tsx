import type { SecretSummary, SecretVersions as Versions } from '@nexomatic/contracts/secret-api';
import { Link, useParams } from '@remix-run/react';
import { Explain } from '../components/explain.tsx';
import { KeyValue } from '../components/key-value.tsx';
import { RefList } from '../components/ref-list.tsx';
import { objectPath } from '../frame/objects.ts';
import { Labels } from '../sinks/labels.tsx';
import { TimeText } from '../time/time-text.tsx';
import { GrantedSinks } from './end-to-end/granted-sinks.tsx';
import type { KeyHolder } from './end-to-end/key-holder.ts';
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
  holders: readonly KeyHolder[];
  mayWrite: boolean;
}

/** What is known of a secret: everything but its value. */
export function SecretOverview({ secret, versions, granted, holders, mayWrite }: SecretOverviewProps) {
  return (
    <>
      <SecretFacts secret={secret} granted={granted} />
      {secret.state === 'ok' ? null : (
        <Explain
          warning={secret.state !== 'unused'}
          {...(mayWrite && secret.state === 'lost' && canBeSealed(secret)
            ? { fix: { word: 'Set it again', to: 'edit' } }
            : {})}
        >
          {stateMeaning(secret.state)}
          {secret.state === 'lost' && !canBeSealed(secret) ? ' Grant it to a sink below first.' : null}
        </Explain>
      )}
      {secret.short ? (
        <Explain warning>
          Its value is too short to mask: a module that prints it shows it in the log. Replace it by a longer one if
          that can be.
        </Explain>
      ) : null}
      {secret.endToEnd ? (
        <Explain>
          It was sealed in a browser or by a program to the keys of the sinks below, and the hub can not open it. So
          there is no way back to a value of before, a new sink gets it from one that has it, and the agent alone masks
          it in what comes back.
        </Explain>
      ) : null}
      {secret.rollBack && mayWrite ? <RollBack secret={secret} {...secret.rollBack} /> : null}
      <div className="columns">
        <div className="stack">
          {secret.endToEnd ? <GrantedSinks {...{ secret, holders, mayWrite }} /> : null}
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

/** Whether there is a sink that a new value can be sealed to. */
const canBeSealed = ({ sinks }: SecretSummary): boolean => sinks.some(({ state }) => state !== 'key_changed');

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
