import { secretValueLimit } from '@nexomatic/contracts/secret-limits';
import { expect, test } from 'vitest';
import { readTextFile } from './read-text-file.ts';

const file = (...parts: (string | Uint8Array<ArrayBuffer>)[]) => new File(parts, 'deploy.pem');

test('a file of text is taken to the byte, with its line ends', async () => {
  const { bytes } = await readTextFile(file('a\r\nb\n'));
  expect(new TextDecoder().decode(bytes)).toBe('a\r\nb\n');
  expect((await readTextFile(file('x'.repeat(secretValueLimit)))).bytes?.length).toBe(secretValueLimit);
});

test('a file that can not be a value is refused with the reason', async () => {
  expect((await readTextFile(file())).fault).toBe('deploy.pem is empty.');
  expect((await readTextFile(file('x'.repeat(secretValueLimit + 1)))).fault).toBe(
    'deploy.pem has 49,153 bytes; a value has 49,152 bytes at most.',
  );
  expect((await readTextFile(file(new Uint8Array([0xff, 0xfe, 0])))).fault).toContain('is not text in UTF-8');
});
