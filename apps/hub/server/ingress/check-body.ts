import { isUtf8 } from 'node:buffer';
import { jsonFaultOf } from './json-fault.ts';

/** Why a body is not taken by a source that takes JSON. */
export type BodyFault =
  | { kind: 'unsupported_media_type'; detail: string }
  | { kind: 'charset'; detail: string }
  | { kind: 'empty_body' }
  | { kind: 'invalid_json'; detail: string };

const jsonType = /^(?:application|text)\/(?:[a-z0-9.-]+\+)?json$/;
/** Types that say nothing: what senders put there when nobody thought of it, `curl -d` among them. */
const generalTypes = ['', 'text/plain', 'application/x-www-form-urlencoded'];

/** `sniffJson`: take a body of an undeclared or general type when it parses as JSON. */
export function checkJsonBody(
  { sniffJson }: { sniffJson: boolean },
  contentType: string,
  body: Uint8Array,
): BodyFault | null {
  const [type = '', ...parameters] = contentType.split(';').map((part) => part.trim().toLowerCase());
  const declaredJson = jsonType.test(type);
  if (!declaredJson && !(sniffJson && generalTypes.includes(type))) {
    return {
      kind: 'unsupported_media_type',
      detail: `This source takes JSON, and the body is declared as ${type || 'nothing'}.`,
    };
  }
  const charset = parameters
    .find((parameter) => parameter.startsWith('charset='))
    ?.slice(8)
    .replaceAll('"', '');
  if (charset !== undefined && charset !== 'utf-8' && charset !== 'utf8' && charset !== 'us-ascii') {
    return { kind: 'charset', detail: `The body is declared as ${charset}; JSON is sent as UTF-8.` };
  }
  if (body.length === 0) return { kind: 'empty_body' };
  if (!isUtf8(body)) return { kind: 'charset', detail: 'The body holds bytes that are not UTF-8.' };
  const fault = jsonFaultOf(body);
  if (fault === null) return null;
  if (declaredJson) return { kind: 'invalid_json', detail: fault };
  const declared = type === '' ? 'declares no type' : `is declared as ${type}`;
  return { kind: 'unsupported_media_type', detail: `The body ${declared} and does not parse as JSON either. ${fault}` };
}
