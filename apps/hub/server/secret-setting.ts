import { readFileSync } from 'node:fs';

type Source = Record<string, string | undefined>;

/**
 * A setting that may hold a password or key: given by its name, or in the file that `NAME_FILE` names. An empty setting counts
 * as one that is not set, as in most process managers.
 */
export function secretSetting(source: Source, name: string): { value: string | undefined; fault?: string } {
  const value = source[name] || undefined;
  const file = source[`${name}_FILE`];
  if (!file) return { value };
  if (value) return { value, fault: `${name} and ${name}_FILE are both set; keep one of them` };
  try {
    return { value: readFileSync(file, 'utf8').trim() };
  } catch (error) {
    const reason = error instanceof Error && 'code' in error ? String(error.code) : 'unreadable';
    const fault = `${name} can not be read: ${name}_FILE names ${file} (${reason}); make that file readable for the hub`;
    return { value: undefined, fault };
  }
}
