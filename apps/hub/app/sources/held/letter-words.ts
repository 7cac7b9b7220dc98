import type { DeadLetterView } from '@nexomatic/contracts/request-api';

/** Why a request could not be delivered, for the owner of its source: what the hub answers a sender tells them little. */
export function letterWords({ code, detail }: Pick<DeadLetterView, 'code' | 'detail'>): string {
  if (code === 'source_not_found')
    return 'The source was disabled, or had another address by then. Enable it, then replay the request.';
  return detail || code;
}
