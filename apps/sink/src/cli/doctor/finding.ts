/** What one check found. `fix` says what to do about it. */
export interface Finding {
  check: string;
  state: 'ok' | 'warn' | 'fail';
  text: string;
  fix?: string;
}

export const ok = (check: string, text: string): Finding => ({ check, state: 'ok', text });
export const warn = (check: string, text: string, fix: string): Finding => ({ check, state: 'warn', text, fix });
export const fail = (check: string, text: string, fix: string): Finding => ({ check, state: 'fail', text, fix });

/** The words of an error, its cause included where that says more. */
export function reasonOf(error: unknown): string {
  let inner = error;
  while (inner instanceof Error && inner.cause instanceof Error) inner = inner.cause;
  return inner instanceof Error ? inner.message : String(inner);
}
