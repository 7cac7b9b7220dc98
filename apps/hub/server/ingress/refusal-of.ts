import type { ErrorCode } from '@nexomatic/contracts/error-code';
import type { ReceiveOutcome, RefusedRequest } from './receive-envelope.ts';

/** What its sender is told of a request that was refused. */
export interface ToldRefusal {
  code: ErrorCode;
  detail: string;
  errors?: { path: string; message: string }[];
  retryAfterSeconds?: number;
}

const taken = ['accepted', 'filtered', 'duplicate'] as const;
type Taken = Extract<ReceiveOutcome, { kind: (typeof taken)[number] }>;

export const isRefused = (outcome: ReceiveOutcome): outcome is Exclude<ReceiveOutcome, Taken> =>
  !taken.some((kind) => kind === outcome.kind);

/** The one place where a refusal gets its error code and its words. */
export function refusalOf(outcome: RefusedRequest): ToldRefusal {
  switch (outcome.kind) {
    case 'source_not_found':
      return { code: 'source_not_found', detail: 'Check the address for missing or changed characters.' };
    case 'settings_changed': {
      const detail = 'Ask for the settings of the source and judge the request again.';
      return { code: 'settings_changed', detail };
    }
    case 'event_type_missing':
      return {
        code: 'unprocessable',
        detail: 'The event type that this source fires is gone; its owner has to mend it.',
      };
    case 'event_type_disabled':
      return { code: 'event_type_disabled', detail: 'The event type that this source fires is disabled.' };
    case 'source_kind_refused': {
      const detail = `The event type that this source fires takes events from ${outcome.allowed} sources alone.`;
      return { code: 'unprocessable', detail };
    }
    case 'payload_invalid':
      return {
        code: 'payload_invalid',
        detail: 'The body does not pass the schema; see errors.',
        errors: outcome.errors,
      };
    case 'empty_body':
      return { code: 'empty_body', detail: 'Send a JSON value as the body.' };
    case 'unsupported_media_type':
    case 'charset':
    case 'invalid_json':
      return { code: outcome.kind, detail: outcome.detail };
    case 'rate_limited': {
      const { retryAfterSeconds } = outcome;
      const detail = `Too many requests came at once; send it again in ${retryAfterSeconds} s.`;
      return { code: 'rate_limited', detail, retryAfterSeconds };
    }
    case 'unavailable': {
      const { retryAfterSeconds } = outcome;
      const detail = 'The hub can not store it just now; send it again later.';
      return { code: 'unavailable', detail, retryAfterSeconds };
    }
    default:
      return outcome satisfies never;
  }
}
