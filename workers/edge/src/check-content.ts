import type { ErrorCode } from '@nexomatic/contracts/error-code';

interface ContentFault {
  code: Extract<ErrorCode, 'content_encoding_not_enabled' | 'unsupported_media_type' | 'charset'>;
  detail: string;
}

const charsetParameter = /;\s*charset\s*=\s*"?([^";\s]*)/i;
/** ASCII is UTF-8 as it stands. */
const utf8Names = ['utf-8', 'utf8', 'us-ascii'];

/**
 * Why a body of this declaration is not worth reading, for any source; null when it is. Whether it has to be JSON is
 * the source's setting, which the hub knows.
 */
export function checkContent(contentType: string, contentEncoding: string | null): ContentFault | null {
  if (contentEncoding !== null && contentEncoding.toLowerCase() !== 'identity') {
    return { code: 'content_encoding_not_enabled', detail: 'The body is declared as compressed; send it as it is.' };
  }
  // By far the commonest value, and right.
  if (contentType === 'application/json') return null;
  if (contentType.slice(0, 10).toLowerCase() === 'multipart/') {
    return {
      code: 'unsupported_media_type',
      detail: 'A multipart body is not taken; send the payload as the body itself.',
    };
  }
  if (contentType.length > 200) {
    return { code: 'unsupported_media_type', detail: 'The content type is longer than 200 characters.' };
  }
  const charset = charsetParameter.exec(contentType)?.[1]?.toLowerCase();
  if (charset !== undefined && !utf8Names.includes(charset)) {
    return { code: 'charset', detail: 'The body is declared in another character set than UTF-8.' };
  }
  return null;
}
