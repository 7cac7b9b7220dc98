import type { HubEnv } from '../env.ts';
import { sessionMs } from './begin-session.ts';

type PublicUrl = Pick<HubEnv, 'publicUrl'>;

/** The `__Host-` prefix makes browsers refuse the cookie unless it is Secure and of this host alone (RFC 6265bis). */
export const sessionCookieName = ({ publicUrl }: PublicUrl): string => (isHttps(publicUrl) ? '__Host-nx' : 'nx');

const isHttps = (publicUrl: string): boolean => publicUrl.startsWith('https:');

/** `Set-Cookie` value that keeps a session's token in the browser. */
export function sessionCookie(env: PublicUrl, sessionToken: string): string {
  const secure = isHttps(env.publicUrl) ? '; Secure' : '';
  const maxAge = Math.floor(sessionMs / 1_000);
  return `${sessionCookieName(env)}=${sessionToken}; Path=/; Max-Age=${maxAge}; HttpOnly; SameSite=Lax${secure}`;
}

/** `Set-Cookie` value that removes it. */
export function clearSessionCookie(env: PublicUrl): string {
  return sessionCookie(env, '').replace(/Max-Age=\d+/, 'Max-Age=0');
}

const tokenForm = /^[A-Za-z0-9_-]{43}$/;

/** The session token in a `Cookie` header; null if there is none, or more than one and so no telling which is ours. */
export function readSessionCookie(env: PublicUrl, cookieHeader: string | null): string | null {
  if (!cookieHeader) return null;
  const name = `${sessionCookieName(env)}=`;
  const values = cookieHeader
    .split(';')
    .map((pair) => pair.trim())
    .filter((pair) => pair.startsWith(name))
    .map((pair) => pair.slice(name.length));
  const [token] = values;
  return values.length === 1 && token !== undefined && tokenForm.test(token) ? token : null;
}
