import type { SinkDefinition } from '../definitions/definitions.ts';

/** Who speaks, when a sink does: made from its token, never from what it says about itself. */
export type SinkIdentity = SinkDefinition;

/** How a sink is named in an event's activity. */
export const actorOf = (sink: SinkIdentity): string => `sink:${sink.name}`;
