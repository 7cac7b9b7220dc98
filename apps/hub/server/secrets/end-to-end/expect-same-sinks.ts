import type { SealedToSinks } from '@nexomatic/contracts/end-to-end-api';
import { NexomaticError } from '@nexomatic/contracts/error-code';
import type { Sink } from '@nexomatic/db/entities/sink';
import { shownSealKey } from './granted-sinks.ts';

/** A sink with keys of its own, which last. */
export type KeyedSink = Sink & { boxKey: Buffer };

/** Refuses boxes that are not for exactly these sinks, each by the key that it has now. */
export function expectSameSinks(boxes: SealedToSinks['boxes'], sinks: Sink[]): void {
  const twice = boxes.flatMap(({ sinkId }, at) =>
    boxes.findIndex((one) => one.sinkId === sinkId) < at ? [{ at, message: 'is the second box of this sink' }] : [],
  );
  const byId = new Map(sinks.map((sink) => [sink.id, sink]));
  const keyless = boxes.flatMap(({ sinkId }, at) => {
    const sink = byId.get(sinkId);
    return sink && !hasKeys(sink) ? [{ at, message: keylessFault(sink) }] : [];
  });
  const errors = [...twice, ...keyless].map(({ at, message }) => ({ path: `sealed.boxes[${at}].sinkId`, message }));
  if (errors.length > 0)
    throw new NexomaticError('unprocessable', 'The value can not be kept; see errors.', { errors });
  const fits = boxes.every(({ sinkId, boxKey }) => byId.get(sinkId)?.boxKey?.toString('base64url') === boxKey);
  if (fits && boxes.length === sinks.length) return;
  const detail =
    'The value was not sealed to the keys of the sinks that are granted it; seal it to those in `sealSinks`.';
  throw new NexomaticError('seal_key_changed', detail, { sealSinks: sinks.filter(hasKeys).map(sealSinkOf) });
}

export const hasKeys = (sink: Sink): sink is KeyedSink => sink.signKey != null && sink.boxKey != null;

export const keylessFault = ({ name }: Pick<Sink, 'name'>): string =>
  `the sink ${name} has no keys of its own, which last; let it join instead of giving it a standing token`;

const sealSinkOf = ({ id, name, boxKey }: KeyedSink) => ({ id, name, ...shownSealKey(boxKey) });
