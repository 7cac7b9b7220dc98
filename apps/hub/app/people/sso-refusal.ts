import type { FinishedSso } from '../../http/load-context.ts';

type Reason = Extract<FinishedSso, { kind: 'refused' }>['reason'];

const texts: Record<Reason | 'unreachable', string> = {
  failed: 'The sign-in at the provider was called off or did not fit. Try again; the hub’s log says more.',
  expired: 'That took too long, or was begun in another browser. Try again.',
  unverified: 'The provider does not vouch for your e-mail address. Verify it there, then try again.',
  uninvited: 'Nobody has invited this address yet. Ask an owner or admin of a tenant for an invitation.',
  disabled: 'This account is disabled. Ask an administrator of this hub.',
  unreachable: 'The provider does not answer. Try again shortly, or ask an administrator of this hub.',
};

/** Why single sign-on let nobody in, for the code that the address of the sign-in carries. */
export const ssoRefusalText = (code: string | null): string | null =>
  code !== null && Object.hasOwn(texts, code) ? texts[code as keyof typeof texts] : null;
