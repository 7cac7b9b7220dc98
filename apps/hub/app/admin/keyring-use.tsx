import type { InstanceKeyring } from '@nexomatic/contracts/instance-api';
import { Badge } from '../components/badge.tsx';
import { CircleCheck, Clock } from '../components/icons.ts';

/** The root keys that the hub holds, and which of them is still needed. Says nothing while there is but one. */
export function KeyringUse({ keyring }: { keyring: InstanceKeyring | null }) {
  if (!keyring || keyring.older.length === 0) return null;
  return (
    <section className="card overflow-clip" aria-label="Keyring">
      <table className="plain">
        <thead>
          <tr>
            <th scope="col">Root key</th>
            <th scope="col">State</th>
            <th scope="col">Still wrapped by it</th>
          </tr>
        </thead>
        <tbody>
          <tr>
            <th scope="row">
              <code>{keyring.fingerprint}</code>
            </th>
            <td>
              <Badge tone="good" icon={<CircleCheck size={12} aria-hidden="true" />}>
                wraps
              </Badge>
            </td>
            <td />
          </tr>
          {keyring.older.map(({ fingerprint, rows }) => (
            <tr key={fingerprint}>
              <th scope="row">
                <code>{fingerprint}</code>
              </th>
              <td>
                {rows === 0 ? (
                  <Badge tone="good" icon={<CircleCheck size={12} aria-hidden="true" />}>
                    may be dropped
                  </Badge>
                ) : (
                  <Badge tone="warning" icon={<Clock size={12} aria-hidden="true" />}>
                    needed
                  </Badge>
                )}
              </td>
              <td className="tabular-nums">{rows}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
