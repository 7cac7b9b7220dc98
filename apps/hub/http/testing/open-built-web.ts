import { fileURLToPath } from 'node:url';
import { silentLogger } from '@nexomatic/logger';
import { clientFiles, createRemixHandler, loadRemixBuild } from '../remix.ts';
import { openTestWeb, type TestWeb, type TestWebOptions } from './open-test-web.ts';

const buildFolder = fileURLToPath(new URL('../../build/', import.meta.url));

/** A hub with the pages as they were built, for browsers; its database holds what the test puts there. */
export async function openBuiltWeb(options: Omit<TestWebOptions, 'remix' | 'files'>): Promise<TestWeb> {
  const build = await loadRemixBuild(buildFolder);
  const remix = createRemixHandler({ build, mode: 'production', logger: options.logger ?? silentLogger });
  return openTestWeb({ ...options, remix, files: clientFiles(buildFolder) });
}
