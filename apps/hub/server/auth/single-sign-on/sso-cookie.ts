import { createHmac, timingSafeEqual } from 'node:crypto';
import * as z from 'zod';
import type { SsoProvider } from './provider-settings.ts';

/** How long somebody has to sign in at the provider. */
export const ssoCookieMs = 10 * 60_000;

const schema = z.object({
  provider: z.string(),
  state: z.string(),
  nonce: z.string(),
  codeVerifier: z.string(),
  next: z.string().nullable(),
  until: z.number(),
});

/** What a browser keeps while its person is at the provider. */
export type SsoState = z.infer<typeof schema>;

type PublicUrl = { publicUrl: string };
const isHttps = ({ publicUrl }: PublicUrl): boolean => publicUrl.startsWith('https:');
const nameOf = (env: PublicUrl): string => (isHttps(env) ? '__Host-nx-sso' : 'nx-sso');

/** `Set-Cookie` value. Lax: the way back is a link from the provider's site. */
export function ssoCookie(env: PublicUrl, provider: SsoProvider, state: SsoState): string {
  const body = Buffer.from(JSON.stringify(state)).toString('base64url');
  return cookie(env, `${body}.${sign(provider, body).toString('base64url')}`, ssoCookieMs / 1_000);
}

/** `Set-Cookie` value that removes it. */
export const clearSsoCookie = (env: PublicUrl): string => cookie(env, '', 0);

function cookie(env: PublicUrl, value: string, maxAge: number): string {
  const secure = isHttps(env) ? '; Secure' : '';
  return `${nameOf(env)}=${value}; Path=/; Max-Age=${maxAge}; HttpOnly; SameSite=Lax${secure}`;
}

/** What the cookie holds; null if there is none, it is too old, or of another provider, or was not written by a hub of ours. */
export function readSsoCookie(
  env: PublicUrl,
  provider: SsoProvider,
  header: string | null,
  now: number,
): SsoState | null {
  const prefix = `${nameOf(env)}=`;
  const pairs = (header ?? '').split(';').map((pair) => pair.trim());
  const [value, ...more] = pairs.filter((pair) => pair.startsWith(prefix)).map((pair) => pair.slice(prefix.length));
  const [body, mac] = (value ?? '').split('.');
  if (!body || !mac || more.length > 0) return null;
  const [given, right] = [Buffer.from(mac, 'base64url'), sign(provider, body)];
  if (given.length !== right.length || !timingSafeEqual(given, right)) return null;
  const state = schema.parse(JSON.parse(Buffer.from(body, 'base64url').toString('utf8')));
  return state.provider === provider.id && state.until > now ? state : null;
}

/** All hubs know the provider's secret and nobody else but the provider does, so that any hub may finish what one began. */
const sign = ({ clientSecret }: SsoProvider, body: string): Buffer =>
  createHmac('sha256', clientSecret).update('nexomatic sso state\n').update(body).digest();
