import type { RequestSummary } from '@nexomatic/contracts/request-api';
import type { VerificationCause } from '@nexomatic/contracts/verification';

type Outcome = RequestSummary['outcome'];
type Tone = 'good' | 'neutral' | 'bad';

/** What became of a request, in a word, and what that means. */
export const outcomeWords: Record<Outcome, { word: string; meaning: string; tone: Tone }> = {
  accepted: { word: 'accepted', meaning: 'It fired.', tone: 'good' },
  filtered: { word: 'filtered', meaning: 'It was good, but no route fires on it. It is kept.', tone: 'neutral' },
  refused: { word: 'refused', meaning: 'It was turned away and fired nothing.', tone: 'bad' },
};

/** Causes in words, where the word itself does not say it. */
const causes: Record<string, string> = {
  signature_missing: 'no signature',
  signature_malformed: 'signature of another form',
  signature_mismatch: 'wrong signature',
  timestamp_malformed: 'time of another form',
  timestamp_out_of_tolerance: 'signed too long ago',
  secret_missing: 'source has no secret',
  address_not_allowed: 'address not allowed',
  invalid_json: 'no valid JSON',
  empty_body: 'empty body',
  unsupported_media_type: 'content type not taken',
  content_encoding_not_enabled: 'compressed',
  payload_too_large: 'too large',
  decoded_too_large: 'too large unpacked',
  header_too_large: 'headers too large',
  json_too_deep: 'JSON too deep',
  json_too_complex: 'JSON too complex',
  rate_limited: 'over the limit',
  no_route: 'no route',
  payload_invalid: 'payload breaks the schema',
  invalid_cloud_event: 'no valid CloudEvent',
  charset: 'not in UTF-8',
  event_type_missing: 'event type gone',
  source_kind_refused: 'kind of source not taken',
  event_type_disabled: 'event type disabled',
};

/** "wrong signature" for `signature_mismatch`; a cause without words as it stands. */
export const causeWords = (cause: string): string => causes[cause] ?? cause.replaceAll('_', ' ');

const unproved: readonly string[] = [
  'signature_missing',
  'signature_malformed',
  'signature_mismatch',
  'timestamp_malformed',
  'timestamp_out_of_tolerance',
  'secret_missing',
  'address_not_allowed',
] satisfies VerificationCause[];

/** Whether a request was refused because it did not prove its sender. */
export const isUnproved = (cause: string | null): boolean => cause !== null && unproved.includes(cause);

/** Causes that a list can be narrowed to, those of people's daily work first. */
export const offeredCauses = Object.keys(causes);
