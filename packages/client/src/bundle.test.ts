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
  const own = chunks.map(({ fileName }) => fileName);
  expect(chunks.flatMap(({ imports }) => imports.filter((name) => !own.includes(name)))).toEqual([]);

  const loaded = new Set<string>();
  const load = (names: string[]): void => {
    for (const chunk of chunks.filter(({ fileName }) => names.includes(fileName) && !loaded.has(fileName))) {
      loaded.add(chunk.fileName);
      load(chunk.imports);
    }
  };
  load(chunks.filter(({ isEntry }) => isEntry).map(({ fileName }) => fileName));
  const carried = chunks.filter(({ fileName }) => loaded.has(fileName));
  expect(gzipSync(carried.map(({ code }) => code).join('')).length).toBeLessThanOrEqual(maxGzipBytes);
  // What seals secrets comes when a program sets one.
  expect(chunks.length).toBeGreaterThan(carried.length);
});
