import type { SecretSummary } from '@nexomatic/contracts/secret-api';
import { Form, useNavigation } from '@remix-run/react';
import { History } from '../components/icons.ts';
import { formatMinute, instantMs } from '../time/format-time.ts';
import { useZone } from '../time/now.ts';

/** The way back to the value of before, as long as it is kept. */
export function RollBack({ secret, version, until }: { secret: SecretSummary; version: number; until: string }) {
  const zone = useZone();
  const busy = useNavigation().state !== 'idle';
  return (
    <Form method="post" className="roll-back">
      <input type="hidden" name="intent" value="roll-back" />
      <input type="hidden" name="version" value={secret.version} />
      <p>
        Version {secret.valueVersion} took the place of version {version}, which is kept for a while.
      </p>
      <button type="submit" className="button" disabled={busy}>
        <History size={14} aria-hidden="true" />
        Roll back to version {version} (until {formatMinute(instantMs(until), zone)})
      </button>
    </Form>
  );
}
