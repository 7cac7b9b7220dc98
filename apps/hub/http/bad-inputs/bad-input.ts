import type { sourceSettingsSchema } from '@nexomatic/contracts/source-settings';
import type * as z from 'zod/mini';
import type { RawRequest } from './send-raw.ts';

/** The sources that the inputs go to: what each is set to, and the secrets that it knows. */
export interface SourceUse {
  settings?: z.input<typeof sourceSettingsSchema>;
  secrets?: string[];
  sniffJson?: boolean;
}

export const secret = "It's a Secret to Everybody";
export const standardSecret = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw';

export const sources = {
  plain: {},
  disabled: {},
  declared: { sniffJson: false },
  raw: { settings: { content: { raw: true } } },
  unpacking: { settings: { content: { decompress: true } } },
  roomy: { settings: { limits: { maxBodyBytes: 10 * 1024 * 1024 } } },
  narrow: { settings: { limits: { perSecond: 20, burst: 40 } } },
  listed: { settings: { allowedAddresses: ['10.0.0.0/8', '203.0.113.0/24'] } },
  github: { settings: { verification: { scheme: 'github' } }, secrets: [secret] },
  shopify: { settings: { verification: { scheme: 'shopify' } }, secrets: [secret] },
  standard: { settings: { verification: { scheme: 'standard_webhooks' } }, secrets: [standardSecret] },
  basic: { settings: { verification: { scheme: 'basic' } }, secrets: ['test:pass:123£'] },
  bearer: { settings: { verification: { scheme: 'token' } }, secrets: ['a-long-enough-bearer-token'] },
  cloudEvents: { settings: { handshakes: { cloudEvents: true } } },
} satisfies Record<string, SourceUse>;
export type SourceName = keyof typeof sources;

/** Where a request goes, and how it is told there whom it is from. */
export interface Mount {
  name: 'hub' | 'edge';
  url: URL;
}

export interface Expected {
  /** 0: the connection may also be closed without a word. */
  status: number | number[];
  code?: string;
  /** Text in the problem's detail. */
  detail?: RegExp;
  headers?: Record<string, string>;
  closes?: true;
  /** What the source's list of requests gives as the cause. */
  cause?: string;
}

export interface BadInput {
  /** Number in the catalogue of bad inputs that this hub answers for. */
  n: number;
  what: string;
  to: SourceName;
  request(path: string): RawRequest;
  expected: Expected;
  /** Where only one of the mounts can be asked, and why. */
  only?: { mount: Mount['name']; because: string };
}
