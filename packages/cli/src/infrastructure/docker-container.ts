import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { systemClock } from '@nexomatic/clock';
import { runLogged } from '../processes/run-logged.mjs';
import { StepError } from '../steps.mjs';
import { findProgram } from './find-program.ts';

export interface ContainerOptions {
  /** Ends up in the container's name. */
  name: string;
  image: string;
  /** The port inside; outside it is a free one of 127.0.0.1. */
  port: number;
  /** Where the image keeps its data, which is given a named volume. */
  dataFolder: string;
  /** Handed over in a 0600 file. */
  env: Record<string, string>;
  command: string[];
  directory: string;
  logFolder: string;
  probe(port: number): Promise<string | undefined>;
}

export interface Container {
  port: number;
  version: string;
  stop(): Promise<void>;
}

/** Whether a Docker engine answers (the client alone is of no use). */
export function dockerAnswers(): boolean {
  const docker = findProgram('docker');
  if (!docker) return false;
  try {
    execFileSync(docker, ['version', '--format', '{{.Server.Version}}'], { stdio: 'ignore', timeout: 5000 });
    return true;
  } catch {
    return false; // no engine, or it is not ours to use
  }
}

/** Runs a server in a container whose data outlives it in a volume of the same name. */
export async function startContainer(options: ContainerOptions): Promise<Container> {
  const { image, directory, logFolder, dataFolder } = options;
  // One name per state folder, so that two checkouts do not share a server.
  const id = createHash('sha256').update(directory).digest('hex').slice(0, 8);
  const name = `nexomatic-${options.name}-${id}`;
  const docker = (args: string[], what: string) =>
    runLogged('docker', args, { what, logFile: join(logFolder, `docker-${options.name}.log`) });
  const envFile = join(directory, `${options.name}.env`);
  const lines = Object.entries(options.env).map(([key, value]) => `${key}=${value}\n`);
  writeFileSync(envFile, lines.join(''), { mode: 0o600 });

  await docker(['rm', '--force', name], `Removing what was left of the container ${name}`);
  const publish = `127.0.0.1::${options.port}`;
  const volume = `${name}:${dataFolder}`;
  await docker(
    [
      'run',
      '--detach',
      '--rm',
      '--name',
      name,
      '--env-file',
      envFile,
      '-p',
      publish,
      '-v',
      volume,
      image,
      ...options.command,
    ],
    `Starting ${image} with Docker`,
  );
  const stop = () => docker(['stop', '--time', '30', name], `Stopping the container ${name}`);
  const published = execFileSync('docker', ['port', name, String(options.port)], { encoding: 'utf8' });
  const port = Number(/127\.0\.0\.1:(\d+)/.exec(published)?.[1]);
  const version = await becomesReady(options, port);
  if (version === undefined) {
    await stop();
    throw new StepError(`${image} did not answer in 120 s.`, { fix: [`docker logs ${name}`] });
  }
  return { port, version, stop };
}

async function becomesReady(options: ContainerOptions, port: number): Promise<string | undefined> {
  const until = systemClock.monotonic() + 120_000;
  while (systemClock.monotonic() < until) {
    const version = await options.probe(port);
    if (version !== undefined) return version;
    await pause(200);
  }
  return undefined;
}
