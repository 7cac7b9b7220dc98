import type { SealedToSinks } from '@nexomatic/contracts/end-to-end-api';
import { NexomaticError } from '@nexomatic/contracts/error-code';
import { secretValueLimit } from '@nexomatic/contracts/secret-limits';
import type { Secret } from '@nexomatic/db/entities/secret';
import { SecretBox } from '@nexomatic/db/entities/secret-box';
import type { Sink } from '@nexomatic/db/entities/sink';
import type { EntityManager } from '@nexomatic/db/query';
import { sealedSize } from '@nexomatic/sealing/secret-box';
import type { Actor } from '../../auth/actor.ts';
import { expectNext, noteValue } from '../put-value.ts';
import { expectSameSinks } from './expect-same-sinks.ts';
import { lockSinks } from './lock-sinks.ts';

type Given = SealedToSinks['boxes'];

/**
 * Gives an end-to-end secret, whose row is locked, a new value: a box for each sink that is granted it. Those that a secret is
 * made with are granted it by that. The hub can't look inside; the length is all that it checks.
 */
export async function putBoxes(
  em: EntityManager,
  row: Secret,
  actor: Actor,
  { version, short, boxes }: SealedToSinks,
  now: number,
): Promise<void> {
  expectNext(row, version);
  const size = sizeOf(row, version, boxes);
  const kept = await em.find(SecretBox, { secretId: row.id }, { exclude: ['box', 'nextBox'] });
  const isFirst = row.lastValueVersion === 0;
  const asked = isFirst ? boxes.map(({ sinkId }) => sinkId) : kept.map(({ sinkId }) => sinkId);
  const sinks = await lockSinks(em, asked);
  if (isFirst) expectKnown(boxes, sinks);
  expectSameSinks(boxes, isFirst ? sinks : sinks.filter((sink) => isApproved(kept, sink)));
  const at = new Date(now);
  const given = new Map(boxes.map((one) => [one.sinkId, one]));
  // Of a sink with other keys than those that were approved, what it had is of a value that is over.
  for (const { sinkId } of kept.filter((one) => !given.has(one.sinkId))) {
    await em.nativeUpdate(SecretBox, { secretId: row.id, sinkId }, { ...noBox, sealedAt: null });
  }
  const { tenantId, id: secretId } = row;
  const approved = { approvedBy: actor.name.slice(0, 200), approvedAt: at };
  for (const { sinkId, boxKey, box } of boxes) {
    const place = { tenantId, secretId, sinkId };
    const sealed = { ...noBox, boxKey: Buffer.from(boxKey, 'base64url'), version, sealedAt: at };
    const value = { ...sealed, box: Buffer.from(box, 'base64') };
    if (isFirst) em.create(SecretBox, { ...place, ...value, ...approved }, { persist: true });
    else await em.nativeUpdate(SecretBox, place, value);
  }
  await noteValue(
    em,
    row,
    actor,
    { version, size, short },
    now,
    sinks.filter(({ id }) => given.has(id)),
  );
}

const noBox = { version: null, box: null, nextKey: null, nextBox: null };

const isApproved = (kept: Pick<SecretBox, 'sinkId' | 'boxKey'>[], { id, boxKey }: Sink): boolean =>
  boxKey != null && kept.some((one) => one.sinkId === id && Buffer.compare(one.boxKey, boxKey) === 0);

function expectKnown(boxes: Given, sinks: Sink[]): void {
  const errors = boxes.flatMap(({ sinkId }, at) =>
    sinks.some(({ id }) => id === sinkId)
      ? []
      : [{ path: `sealed.boxes[${at}].sinkId`, message: `there is no sink ${sinkId} here` }],
  );
  if (errors.length > 0) throw refused(errors);
}

/** Bytes of the value, by the length of its boxes. */
function sizeOf({ tenantId, name }: Secret, version: number, boxes: Given): number {
  const sizes = boxes.map(({ box }) =>
    sealedSize({ tenant: tenantId, name, version }, Buffer.byteLength(box, 'base64')),
  );
  const [size = 0] = sizes;
  const errors = sizes.flatMap((one, at) => {
    const path = `sealed.boxes[${at}].box`;
    if (one < 1) return [{ path, message: `is too short for a value of ${name} in its version ${version}` }];
    if (one > secretValueLimit) {
      return [{ path, message: `the value has ${one} bytes; at most ${secretValueLimit} are taken` }];
    }
    return one === size ? [] : [{ path, message: `holds ${one} bytes and the first box ${size}: they are one value` }];
  });
  if (errors.length > 0) throw refused(errors);
  return size;
}

const refused = (errors: { path: string; message: string }[]): NexomaticError =>
  new NexomaticError('unprocessable', 'The value can not be kept; see errors.', { errors });
