import type { ErrorCode } from '@nexomatic/contracts/error-code';

/** Faults between edge and hub. Told to a sender, they would read as faults of its own request; it can't mend one. */
const ownFaults: readonly ErrorCode[] = [
  'envelope_invalid',
  'bad_request',
  'unauthenticated',
  'forbidden',
  'not_found',
  'method_not_allowed',
];

/** Whether the hub's refusal says something of edge and hub, and nothing of the request. */
export const isOwnFault = (code: ErrorCode): boolean => ownFaults.includes(code);
