import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { openKeyring } from './keyring.ts';
import { readKeyring } from './read-keyring.ts';
import { testKeyring } from './testing/test-keyring.ts';

const folder = mkdtempSync(join(tmpdir(), 'nexomatic-keyring-'));
afterAll(() => rmSync(folder, { recursive: true }));
const file = join(folder, 'keyring');
const other = 'f0e1d2c3b4a5968778695a4b3c2d1e0f00112233445566778899aabbccddeeff';

function faultOf(value: string): string {
  const outcome = readKeyring({ NEXOMATIC_KEYRING: value });
  return outcome.ok ? 'none' : outcome.fault;
}

test.each([
  ['nothing', '', 'NEXOMATIC_KEYRING is not set'],
  ['31 bytes', testKeyring.slice(2), 'key 1 is not 64 hex digits'],
  ['no hex', 'z'.repeat(64), 'key 1 is not 64 hex digits'],
  ['zeros', '0'.repeat(64), 'key 1 is not random'],
  ['a pattern', '0123456789abcdef'.repeat(4), 'key 1 is not random'],
  ['the same key twice', `${testKeyring}\n${testKeyring}`, 'holds the same key twice'],
  ['a bad second key', `${testKeyring}\n1234`, 'key 2 is not 64 hex digits'],
])('a keyring of %s is refused, without repeating it', (_, value, fault) => {
  expect(faultOf(value)).toContain(fault);
  if (value) expect(faultOf(value)).not.toContain(value);
});

test('a keyring file that others can read is refused with the command that mends it', () => {
  writeFileSync(file, `${testKeyring}\n${other}\n`);
  for (const mode of [0o644, 0o640, 0o604]) {
    chmodSync(file, mode);
    expect(readKeyring({ NEXOMATIC_KEYRING_FILE: file })).toMatchObject({
      ok: false,
      fault: expect.stringContaining(`chmod 600 ${file}`),
    });
  }
  chmodSync(file, 0o600);
  expect(readKeyring({ NEXOMATIC_KEYRING_FILE: file })).toMatchObject({ ok: true, keys: { length: 2 } });
});

test('what an older key of the ring wrapped opens, for its own place alone', async () => {
  const keysOf = (text: string) => {
    const outcome = readKeyring({ NEXOMATIC_KEYRING: text });
    if (!outcome.ok) throw new Error(outcome.fault);
    return openKeyring(outcome.keys);
  };
  const before = await keysOf(testKeyring);
  const value = new TextEncoder().encode('hunter2');
  const wrapped = before.wrap(value, 'a place');
  const after = await keysOf(`${other}\n${testKeyring}`);
  expect(after.unwrap(wrapped, 'a place')).toEqual(value);
  expect(() => after.unwrap(wrapped, 'another place')).toThrow('no key of the keyring opens');
  expect(after.fingerprint).not.toBe(before.fingerprint);
  const foreign = await keysOf(other);
  expect(() => foreign.unwrap(wrapped, 'a place')).toThrow('no key of the keyring opens');
});
