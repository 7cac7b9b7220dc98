import type { Clock } from '@nexomatic/clock';
import type { Envelope } from '@nexomatic/contracts/envelope';
import type { EnvelopeKey } from '@nexomatic/signature/edge-envelope';
import { openEnvelope } from '@nexomatic/signature/envelope-headers';

/**
 * An edge may hold a request for as long as the hub is down, so age alone is no reason to refuse; but an envelope older than
 * receipts are sure to be kept could no longer be told from a replay.
 */
const maxAgeMs = 7 * 24 * 3_600_000;
/** Clocks of edge and hub may differ by this much. */
const maxAheadMs = 24 * 3_600_000;

/** The time-ordered form of RFC 9562, which receipts take their ids from. */
const ingestIdForm = /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;
const sourceForm = /^[0-9a-f]{64}$/;

export type VerifiedEnvelope = { ok: true; envelope: Envelope } | { ok: false; cause: string };

/** The envelope in a request's headers, if a known edge signed it for this body. `cause` is for the hub's log alone. */
export async function verifyEnvelope(
  { edgeKeys, clock }: { edgeKeys: readonly EnvelopeKey[]; clock: Clock },
  headers: { get(name: string): string | null },
  body: Uint8Array<ArrayBuffer>,
): Promise<VerifiedEnvelope> {
  const opened = await openEnvelope(edgeKeys, headers, body);
  if (opened.outcome === 'invalid') return { ok: false, cause: opened.cause };
  const { envelope } = opened;
  if (!ingestIdForm.test(envelope.ingestId)) return { ok: false, cause: 'ingest_id_form' };
  if (!sourceForm.test(envelope.sourceKeyHash)) return { ok: false, cause: 'source_form' };
  const age = clock.now() - envelope.receivedAt;
  if (age > maxAgeMs || age < -maxAheadMs) return { ok: false, cause: `age of ${Math.round(age / 1_000)} s` };
  return { ok: true, envelope };
}
