import { isUtf8 } from 'node:buffer';
import type { Clock } from '@nexomatic/clock';
import type { Assignment } from '@nexomatic/contracts/sink-protocol';
import type { WireBytes } from '@nexomatic/contracts/wire-bytes';
import type { Logger } from '@nexomatic/logger';
import type { MaskerPool } from '@nexomatic/redaction/masker-pool';
import type { Delivery } from '../spool/delivery.ts';
import { AttemptLog } from './attempt-log.ts';

interface Deps {
  delivery: Pick<Delivery, 'appendLogs'>;
  clock: Clock;
  logger: Logger;
  maskerOf: MaskerPool;
}

/** The log of a claimed attempt, streamed to the hub. */
export function openAttemptLog(
  { delivery, clock, logger, maskerOf }: Deps,
  { eventId, attempt, logLimitBytes }: Assignment,
): AttemptLog {
  return new AttemptLog({
    clock,
    maskerOf,
    // Hubs before this said none.
    ...(logLimitBytes === undefined ? {} : { limits: { capBytes: logLimitBytes, ofTenant: true } }),
    async send(chunks) {
      const outcomes = await delivery.appendLogs(
        chunks.map(({ bytes, ...chunk }) => ({ eventId, attempt, ...chunk, bytes: wireOf(bytes) })),
      );
      return outcomes.includes('refused') ? 'refused' : 'stored';
    },
    onFailure(error) {
      logger.warn(
        { eventId, attempt, error: error instanceof Error ? error.message : String(error) },
        'log.not_stored',
      );
    },
  });
}

/** As `toWire`, by Node's own means: a flood of bytes that are no text makes a tenth of the garbage. */
function wireOf(bytes: Uint8Array): WireBytes {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return isUtf8(buffer) ? { utf8: buffer.toString() } : { base64: buffer.toString('base64') };
}
