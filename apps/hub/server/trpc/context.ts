import type { NexomaticError } from '@nexomatic/contracts/error-code';
import type { Principal } from '../auth/principal.ts';
import type { Services } from '../services.ts';

/** What every procedure gets, made once per request by the transport that carries the call. */
export interface TrpcContext {
  services: Services;
  /** Null when no valid credential was sent. */
  principal: Principal | null;
  /** Why nothing is done for this request, whatever it asks for: the transport's own verdict. */
  refusal: NexomaticError | null;
  requestId: string;
  remoteAddress: string;
  /** The request's `Idempotency-Key` header; only firing reads it. */
  idempotencyKey: string | null;
  /** Adds a `Set-Cookie` to the answer. */
  setCookie(value: string): void;
}
