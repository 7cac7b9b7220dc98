import type { EdgeSourceSettings } from '@nexomatic/contracts/edge-protocol';
import type { ErrorCode } from '@nexomatic/contracts/error-code';
import { canUnpack } from './unpack-body.ts';

interface ContentFault {
  code: Extract<ErrorCode, 'content_encoding_not_enabled' | 'unsupported_media_type' | 'charset'>;
  detail: string;
}

export type DeclaredContent = { kind: 'taken'; encoding: string | null } | ({ kind: 'refused' } & ContentFault);

const charsetParameter = /;\s*charset\s*=\s*"?([^";\s]*)/i;
/** ASCII is UTF-8 as it stands. */
const utf8Names = ['utf-8', 'utf8', 'us-ascii'];

/** Whether a body of this declaration is worth reading. Whether it is JSON, the hub finds out. */
export function checkContent(
  contentType: string,
  contentEncoding: string | null,
  { raw, decompress }: EdgeSourceSettings['content'],
): DeclaredContent {
  const encoding = contentEncoding === null ? null : contentEncoding.trim().toLowerCase();
  if (encoding !== null && encoding !== 'identity') {
    if (!decompress) {
      return refused('content_encoding_not_enabled', 'The body is declared as compressed; send it as it is.');
    }
    if (!canUnpack(encoding)) {
      return refused(
        'content_encoding_not_enabled',
        'Bodies are unpacked from gzip, deflate or br, and from one of them.',
      );
    }
  }
  const taken = { kind: 'taken', encoding: encoding === 'identity' ? null : encoding } as const;
  // By far the commonest value, and right.
  if (contentType === 'application/json' || raw) return taken;
  if (contentType.slice(0, 10).toLowerCase() === 'multipart/') {
    return refused('unsupported_media_type', 'A multipart body is not taken; send the payload as the body itself.');
  }
  if (contentType.length > 200) {
    return refused('unsupported_media_type', 'The content type is longer than 200 characters.');
  }
  const charset = charsetParameter.exec(contentType)?.[1]?.toLowerCase();
  if (charset !== undefined && !utf8Names.includes(charset)) {
    return refused('charset', 'The body is declared in another character set than UTF-8.');
  }
  return taken;
}

const refused = (code: ContentFault['code'], detail: string): DeclaredContent => ({ kind: 'refused', code, detail });
