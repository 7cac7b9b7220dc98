import type { SourceSettings } from '@nexomatic/contracts/source-settings';

/** Names, in lower case, of headers that hold a credential or signature by a source's own settings. */
export function secretHeaders({ verification }: Pick<SourceSettings, 'verification'>): string[] {
  return verification.scheme === 'hmac' || verification.scheme === 'token' ? [verification.header.toLowerCase()] : [];
}
