import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { answersOk, untilReady } from '@nexomatic/cli/dev/component';
import { startEdge as startComponent } from '@nexomatic/cli/dev/edge';
import { openStateFolder } from '@nexomatic/cli/dev/state-folder';
import { freePort } from './free-port.ts';

/** A real edge: the Worker under workerd, started as `npm start` does, in front of a hub. */
export interface EdgeProcess extends AsyncDisposable {
  url: string;
  /** Leads the process group that workerd is in. */
  pid: number;
  /** Ends the whole group as a power cut would, and starts it on the same storage and port. */
  killAndStart(): Promise<void>;
}

/** Name of the key by which edge and hub know each other. */
export const edgeKeyId = 'dev';

export async function startEdge({ hubUrl, keyHex }: { hubUrl: string; keyHex: string }): Promise<EdgeProcess> {
  const folder = mkdtempSync(join(tmpdir(), 'nexomatic-edge-'));
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const component = startComponent({ state: openStateFolder(folder), port, hubUrl, key: keyHex });
  const ready = () => untilReady(component, () => answersOk(`${url}/healthz`), new AbortController().signal);
  async function dispose(): Promise<void> {
    await component.stop();
    rmSync(folder, { recursive: true, force: true });
  }
  try {
    await ready();
  } catch (error) {
    await dispose();
    throw error;
  }
  return {
    url,
    get pid() {
      return component.process.pid;
    },
    async killAndStart() {
      process.kill(-component.process.pid, 'SIGKILL');
      await component.startAgain();
      await ready();
    },
    [Symbol.asyncDispose]: dispose,
  };
}
