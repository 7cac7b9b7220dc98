/** The address of a Redis without the name and the password in it. */
export function withoutLogin(url: string): string {
  const parts = new URL(url);
  parts.username = '';
  parts.password = '';
  return parts.href;
}
