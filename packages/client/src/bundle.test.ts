import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { build } from 'vite';
import { expect, test } from 'vitest';

const entry = fileURLToPath(new URL('nexomatic.ts', import.meta.url));
const maxGzipBytes = 15 * 1024;

test('a program that calls the hub carries at most 15 kB for it, and nothing that only Node has', async () => {
  const built = await build({
    configFile: false,
    logLevel: 'silent',
    build: { write: false, target: 'es2022', lib: { entry, formats: ['es'] }, minify: 'esbuild' },
  });
  const [bundle] = Array.isArray(built) ? built : [built];
  if (!bundle || !('output' in bundle)) throw new Error('nothing was built');
  const chunks = bundle.output.filter((one) => one.type === 'chunk');
  expect(chunks.flatMap(({ imports }) => imports)).toEqual([]);
  const bytes = gzipSync(chunks.map(({ code }) => code).join('')).length;
  expect(bytes).toBeLessThanOrEqual(maxGzipBytes);
});
