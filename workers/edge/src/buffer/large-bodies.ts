import type { Envelope } from '@nexomatic/contracts/envelope';

/** A row of an object's SQLite takes 2 MB, of which the envelope needs some; larger bodies stand in R2. */
export const largestBodyInRow = 1_500_000;

type Whose = Pick<Envelope, 'sourceKeyHash' | 'ingestId'>;

const nameOf = ({ sourceKeyHash, ingestId }: Whose): string => `${sourceKeyHash}/${ingestId}`;

export async function putLargeBody(bodies: R2Bucket, envelope: Whose, body: Uint8Array): Promise<void> {
  await bodies.put(nameOf(envelope), body);
}

/** The body, or its first bytes; null when it is not there any more. */
export async function getLargeBody(bodies: R2Bucket, envelope: Whose, atMost?: number): Promise<ArrayBuffer | null> {
  const range = atMost === undefined ? {} : { range: { offset: 0, length: atMost } };
  const object = await bodies.get(nameOf(envelope), range);
  return object ? object.arrayBuffer() : null;
}

/** Removes it; that it is not there is no fault. */
export async function removeLargeBodies(bodies: R2Bucket, envelopes: Whose[]): Promise<void> {
  if (envelopes.length > 0) await bodies.delete(envelopes.map(nameOf));
}
