import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect } from 'vitest';
import type { openProductPage } from './product-page.ts';

const program = fileURLToPath(new URL('../../../sink/src/main.ts', import.meta.url));
const modules = fileURLToPath(new URL('../../../sink/examples/demo', import.meta.url));

/** Real agents with keys of their own beside the sink of the product, each in a folder of the product's. */
export function joinSinks({ product, api }: Pick<Awaited<ReturnType<typeof openProductPage>>, 'product' | 'api'>) {
  const running = new Map<string, ChildProcess>();

  function agent(name: string, ...args: string[]): ChildProcess {
    const folder = path.join(product.stateDir, 'agents', name);
    const env = {
      ...{ NODE_ENV: 'production' as const, PATH: '/usr/bin:/bin', NEXOMATIC_MODULES: modules },
      ...{ NEXOMATIC_CONFIG_DIR: path.join(folder, 'config'), NEXOMATIC_STATE_DIR: path.join(folder, 'state') },
    };
    return spawn(process.execPath, [program, ...args], { env, stdio: 'ignore' });
  }

  return {
    /** Lets a machine join under a name, and gives the id of the sink that it became. */
    async join(name: string): Promise<string> {
      const { type } = await api('GET', `/sinks/${product.sinkId}`);
      const { url } = await api('POST', '/join-tokens', { sinkTypeId: type.id, name });
      const [code] = await once(agent(name, 'join', url), 'exit');
      expect(code).toBe(0);
      const { sinks } = await api('GET', `/sinks?search=${name}`);
      return sinks[0].id;
    },
    start(name: string): void {
      running.set(name, agent(name, 'run'));
    },
    async stop(): Promise<void> {
      for (const process of running.values()) {
        // One that was shut out has ended by itself.
        if (process.exitCode !== null) continue;
        const ended = once(process, 'exit');
        process.kill('SIGTERM');
        await ended;
      }
    },
  };
}
