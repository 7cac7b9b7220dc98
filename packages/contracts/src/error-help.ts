import type { ErrorCode } from './error-code.ts';

interface ErrorHelp {
  /** What it says of the request, for whoever reads the code for the first time. */
  meaning: string;
  /** What to do about it. */
  remedy: string;
}

/** What the page of each code says. A problem document's `type` is the address of that page. */
export const errorHelp: Record<ErrorCode, ErrorHelp> = {
  bad_request: {
    meaning:
      'A field is missing, unknown, or not of the kind that this address takes. `errors` lists every field that does not fit, by its path.',
    remedy:
      'Compare the request with the API reference and mend the fields that are listed. Nothing was changed; the same request will be refused again.',
  },
  unauthenticated: {
    meaning: 'The request carries no credential, or one that is mistyped, expired or revoked.',
    remedy:
      'Programs send `Authorization: Bearer nxt_…`; make a token under Settings → API tokens. People sign in again. Sinks need a valid sink token.',
  },
  envelope_invalid: {
    meaning: 'A request to the internal door of the hub was not signed by a key that the hub knows.',
    remedy:
      'Give hub and edge the same key: `NEXOMATIC_EDGE_KEYS` names it on both. Senders post to the edge, never to this door.',
  },
  signature_invalid: {
    meaning:
      'The source takes only requests that prove whom they are from, and this one did not: its signature or credential is missing, wrong, or too old. The answer is the same in every case; the source’s list of requests says which it was.',
    remedy:
      'Give sender and source the same secret, and let the sender sign the body exactly as it is sent. Whoever owns the source finds the reason under Requests.',
  },
  forbidden: {
    meaning:
      'The credential is valid, but does not hold the permission that this needs, or the request came from a page of another site.',
    remedy:
      'Ask an admin of the tenant for a role, or a token scope, that holds the permission which the answer names.',
  },
  tenant_suspended: {
    meaning:
      'An administrator of the hub has stopped the tenant. Its people, programs and sinks are refused; its data stays.',
    remedy: 'Ask an administrator of the hub to resume it. Sinks wait by themselves and go on then.',
  },
  address_not_allowed: {
    meaning: 'The source takes requests only from the addresses that its owner allowed.',
    remedy: 'Send from one of these, or let the owner of the source add the address under Verify.',
  },
  not_found: {
    meaning: 'Nothing with this id or address exists in the tenant that was asked, or you may not know of it.',
    remedy: 'Check the id, and that token or page belong to the tenant that has the object. It may have been deleted.',
  },
  source_not_found: {
    meaning: 'The address of the webhook ends in a key that no source has.',
    remedy:
      'Copy the address from the page of the source. Where its key was replaced, give the sender the new address.',
  },
  method_not_allowed: {
    meaning: 'The address exists, but takes other HTTP methods. The `Allow` header names them.',
    remedy: 'Send the request with one of these; webhooks are sent by POST.',
  },
  body_timeout: {
    meaning: 'The body did not arrive whole in the time that the hub waits for it.',
    remedy: 'Send it again; on a slow line send less at once.',
  },
  conflict: {
    meaning:
      'Something else stands in the way: another save came first, the name is taken, or a rule such as “the last owner stays” would be broken.',
    remedy:
      'Read the object again and repeat the change on the version that it has now (`currentVersion`), or do what the answer says.',
  },
  in_use: {
    meaning: 'Other objects refer to the one that was to be deleted. `references` lists them.',
    remedy: 'Change or delete these first, then try again.',
  },
  idempotency_conflict: {
    meaning: 'The same Idempotency-Key was sent before with another body. Nothing was fired.',
    remedy: 'Use a new key for each thing that is to happen, and the same key only to repeat the very same request.',
  },
  event_type_disabled: {
    meaning: 'The event type exists but is switched off, so it fires nothing.',
    remedy: 'Enable it on its page, or fire another event type.',
  },
  seal_key_changed: {
    meaning:
      'The value of the secret was sealed to a key of the tenant that takes no new values any more, or not to the keys of the sinks that are granted it; or the fingerprint that was compared is not that of the key. Nothing was changed.',
    remedy:
      'Seal the value to the key in `sealKey` of the answer and send it again; the client and the pages do so by themselves. Of a secret that is end-to-end, compare the fingerprints in `sealSinks` with what `nexomatic-sink status` shows on each machine before you seal to these keys.',
  },
  settings_changed: {
    meaning:
      'An edge checked a request by settings of its source that are not the present ones. No sender is told this.',
    remedy: 'Nothing: the edge asks for the settings and checks the request again.',
  },
  payload_too_large: {
    meaning: 'The body is larger than this address takes.',
    remedy: 'Send less: put large data where the module can fetch it and send its address.',
  },
  decoded_too_large: {
    meaning: 'The compressed body unpacks to more than the source takes.',
    remedy: 'Send less, or raise the limit of the source. Bodies are held to one limit, packed and unpacked.',
  },
  unsupported_media_type: {
    meaning: 'The `Content-Type` is missing or not one that is taken here.',
    remedy: 'Send JSON as `application/json`. A source can be set to take bodies of another type that parse as JSON.',
  },
  charset: {
    meaning: 'The `Content-Type` names a character set other than UTF-8.',
    remedy: 'Encode the body as UTF-8 and say so, or leave the charset out.',
  },
  content_encoding_not_enabled: {
    meaning: 'The body is compressed, which this address does not take.',
    remedy: 'Send it without `Content-Encoding`.',
  },
  empty_body: {
    meaning: 'A body is expected and none came.',
    remedy: 'Send JSON; `{}` or `null` where there is nothing to say.',
  },
  invalid_json: {
    meaning: 'The body does not parse as JSON. The answer says where it stops making sense.',
    remedy: 'Mend the place that is named: often a trailing comma, single quotes, a comment or a cut-off body.',
  },
  json_too_deep: {
    meaning: 'Objects and arrays in the body are nested deeper than is taken.',
    remedy: 'Flatten the payload. The answer names the limit.',
  },
  json_too_complex: {
    meaning: 'The body holds more members and elements, all together, than is taken.',
    remedy: 'Send them in several requests. The answer names the limit.',
  },
  invalid_module_path: {
    meaning: 'The module of an action is not an import path: names of letters, digits, `_` and `-`, joined by dots.',
    remedy: 'Write it as in `my_module.runner`. Paths, spaces and code are never taken.',
  },
  unknown_time_zone: {
    meaning: 'The name is not in the time zone database (IANA).',
    remedy:
      'Write region and city, as in `Europe/Berlin`, or `UTC`. Offsets such as UTC+2 are no zones: they know no summer time.',
  },
  payload_invalid: {
    meaning: 'The event type has a JSON Schema, and the payload does not pass it. `errors` names the path that failed.',
    remedy: 'Mend the payload, or change the schema on the page of the event type.',
  },
  unprocessable: {
    meaning:
      'Every field is of the right form, but together they can not be carried out. `errors` says which, and why.',
    remedy: 'Change what is named. Often it refers to something that is not there, or not any more.',
  },
  agent_version: {
    meaning:
      'The agent is older than what the hub works with, or of a later major version than the hub. The answer names the versions that are taken.',
    remedy:
      'Install the agent that the hub hands out at `/download/nexomatic-sink.tgz` and start it again. Where it is the hub that is older, update the hub. An agent that was refused ends with code 3, and no service manager starts it again by itself.',
  },
  rate_limited: {
    meaning: 'Too many requests came in a short time.',
    remedy: 'Wait for the seconds that the `Retry-After` header names, then go on more slowly.',
  },
  header_too_large: {
    meaning: 'The request has more headers, or longer ones, than is taken.',
    remedy: 'Send fewer or shorter headers; put data into the body.',
  },
  internal: {
    meaning: 'The hub met something that it was not made for. Whether the change was made is not certain.',
    remedy: 'Look whether it was; then try again. Whoever runs the hub finds the request in its log under `requestId`.',
  },
  archive_unavailable: {
    meaning: 'What was asked for is archived, and the store that holds it does not answer, or not rightly, just now.',
    remedy: 'Try again in a few minutes. Nothing is lost; whoever runs the hub sees the reason on its Health page.',
  },
  unavailable: {
    meaning: 'Something that the hub needs, such as its database, does not answer just now.',
    remedy:
      'Send the same request again after the seconds that `Retry-After` names. `/readyz` tells when the hub is back.',
  },
  hub_unreachable: {
    meaning: 'The edge took the request, but could not hand it to its hub, and did not accept it.',
    remedy: 'Send it again: senders of webhooks do so by themselves.',
  },
};
