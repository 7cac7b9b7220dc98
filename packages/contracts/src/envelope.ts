import * as z from 'zod/mini';
import { idSchema, newUuid } from './id.ts';

/**
 * One webhook request on its way from the edge to the rules. The body is not in here: it travels as the raw HTTP body,
 * so that nothing re-encodes it.
 */
export interface Envelope {
  /** UUIDv7 made by whoever received the request first; sending it again changes nothing. */
  ingestId: string;
  /** Milliseconds since the epoch, by the clock of the receiver. */
  receivedAt: number;
  /** Lower-case hex SHA-256 of the source key in the address; the key itself stays at the edge. */
  sourceKeyHash: string;
  contentType: string;
  /** Peer address as the receiver saw it, if it knows. */
  remoteAddress: string;
  /** Header names and values as received, names in lower case; a credential or signature reads `maskedHeader`. */
  headers: [name: string, value: string][];
  /** Version of the source's settings that it was checked by; empty when its receiver had none. */
  settingsVersion: string;
  /** Which of the source's secrets its sender showed; null where the source asks for none. */
  secretId: string | null;
  /** It was answered and kept while the hub was away: what was accepted then stands, whatever the settings say now. */
  held: boolean;
}

/** What stands in place of a header's value that is a credential or a signature. */
export const maskedHeader = '***';

/** What travels in an envelope beside the fields that have a header of their own. */
export const envelopeDetailsSchema = z.object({
  contentType: z.string(),
  remoteAddress: z.string(),
  headers: z.array(z.tuple([z.string(), z.string()])),
  settingsVersion: z.string(),
  secretId: z.nullable(z.string()),
  held: z.boolean(),
});

/** A new `ingestId`. The receipt gets the same 128 bits as its id. */
export const newIngestId = newUuid;

/** What the hub answers once it has decided. `duplicate`: this request, or its dedupe key, had been accepted before. */
export const ingestAnswerSchema = z.object({
  status: z.enum(['accepted', 'duplicate']),
  receiptId: idSchema('receipt'),
  /** Null when a receipt was kept but nothing fires on it. */
  eventId: z.nullable(idSchema('event')),
});
export type IngestAnswer = z.infer<typeof ingestAnswerSchema>;

/** Path on the hub that takes signed envelopes, and the headers they travel in. */
export const ingestPath = '/internal/ingest';
export const envelopeHeaders = {
  /** Format version, `nx2`. */
  version: 'nx-envelope',
  keyId: 'nx-key-id',
  ingestId: 'nx-ingest-id',
  receivedAt: 'nx-received-at',
  source: 'nx-source',
  signature: 'nx-signature',
  /** The rest of the envelope: JSON, base64url of UTF-8. */
  details: 'nx-details',
} as const;

/** Largest body in bytes that any source can be set to take: a row of it fits the 16 MiB that a MariaDB packet has by default. */
export const maxBodyBytes = 10 * 1024 * 1024;

/** Largest payload in bytes that is taken from programs and people, and that a schedule may have. */
export const maxPayloadBytes = 1024 * 1024;
