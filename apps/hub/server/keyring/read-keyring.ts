import { statSync } from 'node:fs';
import { secretSetting } from '../secret-setting.ts';

const settingName = 'NEXOMATIC_KEYRING';
const make = 'make one with `openssl rand -hex 32`';

export type KeyringOutcome = { ok: true; keys: Uint8Array[] } | { ok: false; fault: string };

/**
 * The root keys from NEXOMATIC_KEYRING, or the file that NEXOMATIC_KEYRING_FILE names: one a line, 32 bytes as 64 hex digits. The
 * first wraps, all unwrap. What anybody but its owner can read, and what can be guessed, is refused: everything that is
 * sealed hangs on it.
 */
export function readKeyring(source: Record<string, string | undefined>): KeyringOutcome {
  const file = source[`${settingName}_FILE`];
  const { value, fault } = secretSetting(source, settingName);
  if (fault) return { ok: false, fault };
  if (!value) {
    return { ok: false, fault: `${settingName} is not set; ${make}, keep a copy, and give it in ${settingName}_FILE` };
  }
  if (file && process.platform !== 'win32' && (statSync(file).mode & 0o077) !== 0) {
    return { ok: false, fault: `${settingName}_FILE names ${file}, which others can read; run \`chmod 600 ${file}\`` };
  }
  const lines = value.split(/\s+/);
  const at = lines.findIndex((line) => !/^[0-9a-f]{64}$/i.test(line));
  if (at >= 0) {
    return { ok: false, fault: `${settingName}: key ${at + 1} is not 64 hex digits (32 bytes); ${make}` };
  }
  if (new Set(lines).size !== lines.length) return { ok: false, fault: `${settingName} holds the same key twice` };
  const keys = lines.map((line) => Uint8Array.from(Buffer.from(line, 'hex')));
  // A random key has 30 different bytes or so; one with fewer than 12 was typed by somebody.
  const weak = keys.findIndex((key) => new Set(key).size < 12);
  if (weak >= 0) return { ok: false, fault: `${settingName}: key ${weak + 1} is not random; ${make}` };
  return { ok: true, keys };
}
