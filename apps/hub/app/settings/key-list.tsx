import type { TenantKeyFacts } from '@nexomatic/contracts/tenant-api';
import { Badge } from '../components/badge.tsx';
import { CircleCheck, Clock } from '../components/icons.ts';
import { TimeText } from '../time/time-text.tsx';

/** The tenant's keys, newest first. */
export function KeyList({ keys }: { keys: TenantKeyFacts[] }) {
  return (
    <section className="card overflow-x-auto" aria-label="Keys of the tenant">
      <table className="plain">
        <thead>
          <tr>
            <th scope="col">Fingerprint</th>
            <th scope="col">State</th>
            <th scope="col">Values sealed to it</th>
            <th scope="col">Made</th>
          </tr>
        </thead>
        <tbody>
          {keys.map((key) => (
            <tr key={key.id}>
              <th scope="row">
                <code>{key.fingerprint}</code>
              </th>
              <td>
                <KeyState {...key} />
              </td>
              <td className="tabular-nums">{key.values}</td>
              <td>
                <TimeText at={key.createdAt} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

function KeyState({ retiredAt, values }: TenantKeyFacts) {
  if (!retiredAt) {
    return (
      <Badge tone="good" icon={<CircleCheck size={12} aria-hidden="true" />}>
        seals
      </Badge>
    );
  }
  return (
    <Badge tone="neutral" icon={<Clock size={12} aria-hidden="true" />}>
      {values > 0 ? 'retired, values are moving' : 'retired, goes soon'}
    </Badge>
  );
}
