import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

const program = fileURLToPath(new URL('ticking-hub.ts', import.meta.url));

export interface HubWhere {
  databaseUrl: string;
  redisUrl: string;
  clockFile: string;
}

/** A process that fires schedules as a hub does, killed and started again at will. */
export interface KillableHub {
  /** Ends it as a power cut would, and starts another in its place. */
  killAndStart(): Promise<void>;
  stop(): Promise<void>;
}

/** Starts one and waits until it has begun. */
export async function startKillableHub(where: HubWhere): Promise<KillableHub> {
  let child = await start(where);
  const kill = async (): Promise<void> => {
    const ended = once(child, 'close');
    if (child.kill('SIGKILL')) await ended;
  };
  return {
    async killAndStart() {
      await kill();
      child = await start(where);
    },
    stop: kill,
  };
}

async function start({ databaseUrl, redisUrl, clockFile }: HubWhere): Promise<ChildProcess> {
  const args = [program, databaseUrl, redisUrl, clockFile];
  const child = spawn(process.execPath, args, { stdio: ['pipe', 'pipe', 'inherit'] });
  const ended = once(child, 'close').then(([code]) => {
    throw new Error(`a hub ended with ${code} before it was ready`);
  });
  await Promise.race([once(child.stdout, 'data'), ended]);
  ended.catch(() => undefined);
  return child;
}
