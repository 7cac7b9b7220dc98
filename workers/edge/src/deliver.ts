import type { ForwardOutcome } from '@nexomatic/client/forward-envelope';
import type { Envelope } from '@nexomatic/contracts/envelope';

/** What became of an envelope: the hub's word, or `buffered` once it is kept durably, to be forwarded later. `cause` is for the log. */
export type Delivered = ForwardOutcome | { kind: 'buffered'; cause?: string };

/** Hands an envelope on, by its own deadline. What the hub refuses is passed on as it is, `settings_changed` included. */
export type Deliver = (envelope: Envelope, body: Uint8Array<ArrayBuffer>) => Promise<Delivered>;
