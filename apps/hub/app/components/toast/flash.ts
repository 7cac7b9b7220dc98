/** Carries one sentence over a redirect. */
export const flashCookie = 'nx_flash';

/** What the last action left to say, once. */
export function takeFlash(): string | null {
  const text = flashIn(document.cookie);
  // biome-ignore lint/suspicious/noDocumentCookie: the Cookie Store API is missing on plain http and in older browsers
  if (text !== null) document.cookie = `${flashCookie}=; Path=/; Max-Age=0; SameSite=Lax`;
  return text;
}

/** The sentence in a Cookie header, or null. */
export function flashIn(cookies: string): string | null {
  const pair = cookies.split('; ').find((one) => one.startsWith(`${flashCookie}=`));
  if (pair === undefined) return null;
  try {
    return decodeURIComponent(pair.slice(flashCookie.length + 1)).slice(0, 200) || null;
  } catch {
    // Not something that we wrote.
    return null;
  }
}
