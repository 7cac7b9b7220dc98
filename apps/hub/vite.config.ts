import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import { vitePlugin as remix } from '@remix-run/dev';
import tailwind from '@tailwindcss/vite';
import { defineConfig, type Plugin } from 'vite';

export default defineConfig({
  plugins: [
    tailwind(),
    remix({
      appDirectory: 'app',
      buildDirectory: 'build',
      future: {
        v3_fetcherPersist: true,
        v3_lazyRouteDiscovery: true,
        v3_relativeSplatPath: true,
        v3_routeConfig: true,
        v3_singleFetch: true,
        v3_throwAbortReason: true,
      },
    }),
    quietOvertakenRefreshes(),
    compressAssets(),
  ],
  // It is a dependency of a package that is built in, so the build's folder couldn't find it at run time.
  ssr: { noExternal: ['uuid'] },
  build: {
    target: 'es2022',
    // The content security policy allows scripts and styles from files only, never as data: addresses.
    assetsInlineLimit: 0,
    reportCompressedSize: false,
  },
});

/** Writes a .br and a .gz beside every script and style sheet once, so that serving them costs no CPU. */
function compressAssets(): Plugin {
  return {
    name: 'compress-assets',
    apply: (_config, { isSsrBuild }) => isSsrBuild !== true,
    async writeBundle({ dir }) {
      const folder = join(dir ?? '', 'assets');
      const names = (await readdir(folder)).filter((name) => /\.(js|css|svg)$/.test(name));
      for (const name of names) {
        const bytes = await readFile(join(folder, name));
        await writeFile(join(folder, `${name}.br`), brotliCompressSync(bytes));
        await writeFile(join(folder, `${name}.gz`), gzipSync(bytes, { level: 9 }));
      }
    },
  };
}

/**
 * Remix writes an error to the console whenever a navigation overtakes a refresh whose answer is being read. Nothing is
 * wrong then, and lists that refresh themselves would do it all day. It has no setting for that, so its one line is
 * changed here; the build fails when that line is no longer there.
 */
function quietOvertakenRefreshes(): Plugin {
  const line = 'console.error(e);';
  return {
    name: 'quiet-overtaken-refreshes',
    transform(code, id) {
      if (!id.endsWith('/@remix-run/react/dist/esm/single-fetch.js')) return null;
      if (code.split(line).length !== 2) throw new Error(`Look again at what ${id} writes to the console.`);
      return { code: code.replace(line, `if (!init.signal.aborted) ${line}`), map: null };
    },
  };
}
