import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { serveStatic } from '@hono/node-server/serve-static';
import type { Logger } from '@nexomatic/logger';
import { createRequestHandler, type ServerBuild } from '@remix-run/server-runtime';
import type { MiddlewareHandler } from 'hono';
import type { RemixHandler } from './load-context.ts';

interface RemixOptions {
  build: ServerBuild;
  mode: 'production' | 'development';
  logger: Logger;
}

/** Answers a page, a data request of a page, or a page's action. The context is made anew for each request. */
export function createRemixHandler({ build, mode, logger }: RemixOptions): RemixHandler {
  const handle = createRequestHandler(withErrorLog(build, logger), mode);
  return (request, context) => handle(request, { ...context });
}

/**
 * Remix answers what a loader or a rendering throws with an error page and would only print it; here it becomes a log
 * line that carries the request id which the page shows.
 */
function withErrorLog(build: ServerBuild, logger: Logger): ServerBuild {
  const { entry } = build;
  const module: typeof entry.module = {
    ...entry.module,
    handleError(error, { request, context }) {
      // Somebody who closes the page ends its request; nothing is wrong then.
      if (request.signal.aborted) return;
      logger.error({ err: error, requestId: context.requestId, path: new URL(request.url).pathname }, 'page.failed');
    },
  };
  return { ...build, entry: { ...entry, module } };
}

/** Loads the pages that `remix vite:build` made; says how to make them when they are not there. */
export async function loadRemixBuild(buildFolder: string): Promise<ServerBuild> {
  const entry = join(buildFolder, 'server', 'index.js');
  // React looks at this once, when it is first loaded: without it every page is rendered by its slow development build.
  // biome-ignore lint/style/noProcessEnv: not a setting of ours, but how React is told
  process.env.NODE_ENV ??= 'production';
  try {
    await readFile(entry);
  } catch (cause) {
    throw new Error(`The pages are not built (${entry}): run "pnpm --filter @nexomatic/hub build"`, { cause });
  }
  return (await import(pathToFileURL(entry).href)) as ServerBuild;
}

const year = 365 * 24 * 3600;

/**
 * Serves what the build made for browsers. Everything under `/assets` carries a hash of its content in its name, so a
 * browser may keep it for good; the rest (the icon) is asked for again after an hour. Compressed twins lie beside the files.
 */
export function clientFiles(buildFolder: string): MiddlewareHandler {
  return serveStatic({
    root: join(buildFolder, 'client'),
    precompressed: true,
    onFound: (_path, context) => {
      const immutable = context.req.path.startsWith('/assets/');
      context.header('cache-control', immutable ? `public, max-age=${year}, immutable` : 'public, max-age=3600');
      context.header('x-content-type-options', 'nosniff');
    },
  });
}
