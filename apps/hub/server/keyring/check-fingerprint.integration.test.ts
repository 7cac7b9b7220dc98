import { testDatabase } from '@nexomatic/testkit/database';
import { expect, test } from 'vitest';
import { checkFingerprint } from './check-fingerprint.ts';

const { sql } = await testDatabase();
const key = (byte: number) => Uint8Array.from({ length: 32 }, (_, i) => (i * 7 + byte) & 255);

test('another keyring than the one of the database is refused; a new key before the old one is taken', async () => {
  await sql.run('DELETE FROM instance_settings');
  await checkFingerprint(sql, [key(1)]);
  await checkFingerprint(sql, [key(1)]);
  await expect(checkFingerprint(sql, [key(2)])).rejects.toThrow(
    'NEXOMATIC_KEYRING is not the keyring of this database',
  );
  await checkFingerprint(sql, [key(2), key(1)]);
  await checkFingerprint(sql, [key(2)]);
});
