import { chmod } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'vite';

/**
 * Makes one file of the agent and everything that it imports, so that its package has no dependencies: what was tested is what
 * runs, whatever the registry offers on the day of the installation. `npm pack` runs this first.
 */
const root = fileURLToPath(new URL('..', import.meta.url));
const file = 'nexomatic-sink.mjs';

/** What CommonJS packages find their own files by. */
const intro = 'const __dirname = import.meta.dirname;';

await build({
  root,
  configFile: false,
  logLevel: 'warn',
  ssr: { noExternal: true, target: 'node' },
  build: {
    ssr: 'src/main.ts',
    // As deep as the sources lie, because the runners are found from here.
    outDir: 'dist/bin',
    emptyOutDir: true,
    target: 'node22',
    sourcemap: false,
    rollupOptions: {
      // Of comments that it drops: nobody here can do anything about them.
      onwarn: (warning, warn) => void (warning.code === 'INVALID_ANNOTATION' || warn(warning)),
      output: { format: 'es', entryFileNames: file, inlineDynamicImports: true, intro },
    },
  },
});
await chmod(path.join(root, 'dist', 'bin', file), 0o755);
