import { accessSync, constants, readFileSync, realpathSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { AgentError, exitCodes } from '../agent-error.ts';
import { version } from '../version.ts';
import { agentHere } from './local/agent-here.ts';
import { expectJoined, type Machine } from './machine.ts';
import { runCommand } from './service/run-command.ts';
import type { Talk } from './talk.ts';

const askMs = 15_000;
const downloadMs = 300_000;
const installMs = 300_000;

/**
 * Brings this agent to the version that its hub hands out. It installs only over an installation by npm that it may write to,
 * and only what came from the hub over a line that nobody else can write to; else it says what to do.
 */
export async function upgrade(machine: Machine, { check }: { check: boolean }, talk: Talk): Promise<void> {
  const hubUrl = machine.settings.environment.NEXOMATIC_HUB_URL || expectJoined(machine).hubUrl;
  const wanted = await hubVersion(hubUrl);
  const address = new URL('/download/nexomatic-sink.tgz', hubUrl).href;
  const facts = { version, hub: wanted, upgraded: false };
  if (wanted === version) return talk.result(`this agent has the version of its hub, ${version}`, facts);
  if (check) {
    talk.result(`this agent is ${version}, its hub is ${wanted}; \`nexomatic-sink upgrade\` brings it there`, facts);
    throw new AgentError(exitCodes.conflict, `the agent is not of its hub’s version`);
  }
  expectPrivateLine(hubUrl);
  const running = await agentHere(machine);
  if (running) {
    const text = `an agent runs (pid ${running.pid}), and would go on with files of two versions; stop it before, and start it after: \`nexomatic-sink service stop\`, or \`nexomatic-sink drain --wait\``;
    throw new AgentError(exitCodes.conflict, text);
  }
  const place = installedPlace(address);
  talk.say(`installing ${wanted} over ${version} in ${place.folder}…`);
  await install(place, await download(address));
  const now: { version: string } = JSON.parse(readFileSync(path.join(place.folder, 'package.json'), 'utf8'));
  if (now.version !== wanted) {
    throw new AgentError(exitCodes.failed, `the hub is ${wanted}, and what it handed out is ${now.version}`);
  }
  talk.result(`this agent is ${wanted} now; it counts from its next start`, { ...facts, upgraded: true });
}

async function hubVersion(hubUrl: string): Promise<string> {
  const answer = await get(new URL('/version', hubUrl).href, askMs);
  const told: unknown = await answer.json().catch(() => null);
  const hub = told as { name?: unknown; version?: unknown } | null;
  if (hub?.name === 'nexomatic-hub' && typeof hub.version === 'string') return hub.version;
  throw new AgentError(exitCodes.failed, `${hubUrl} does not answer as a hub; check the address with \`config show\``);
}

async function get(address: string, withinMs: number): Promise<Response> {
  let answer: Response;
  try {
    answer = await fetch(address, { signal: AbortSignal.timeout(withinMs) });
  } catch (error) {
    const text = `${address} can not be reached; look for the reason with \`nexomatic-sink doctor\``;
    throw new AgentError(exitCodes.unreachable, text, { cause: error });
  }
  if (answer.ok) return answer;
  throw new AgentError(exitCodes.failed, `${address} answers ${answer.status}`);
}

/** Whoever could write to the line could make this machine run anything. */
function expectPrivateLine(hubUrl: string): void {
  const { protocol, hostname } = new URL(hubUrl);
  if (protocol === 'https:' || ['localhost', '127.0.0.1', '[::1]'].includes(hostname)) return;
  const text = `${hubUrl} is not https, so nobody can know what would be installed; give the hub an https address, or install by hand`;
  throw new AgentError(exitCodes.configuration, text);
}

interface Place {
  /** The package. */
  folder: string;
  /** What npm must be told to find it again. */
  npm: string[];
}

/** Where npm has put this agent, if it has and if that may be changed. */
function installedPlace(address: string): Place {
  const folder = path.resolve(realpathSync(process.argv[1] ?? ''), '..', '..', '..');
  const modules = path.resolve(folder, '..', '..');
  const byHand = `install it the way it came, for example \`npm install --global ${address}\``;
  if (path.relative(modules, folder) !== path.join('@nexomatic', 'sink') || path.basename(modules) !== 'node_modules') {
    throw new AgentError(exitCodes.failed, `this agent was not installed by npm (${folder}); ${byHand}`);
  }
  if (process.platform === 'win32') {
    throw new AgentError(exitCodes.failed, `Windows lets nobody replace a program that runs; ${byHand}`);
  }
  try {
    for (const one of [folder, path.dirname(folder), modules]) accessSync(one, constants.W_OK);
  } catch (error) {
    const text = `${folder} may not be changed by this account; run it with sudo, or ${byHand}`;
    throw new AgentError(exitCodes.unauthenticated, text, { cause: error });
  }
  const holder = path.dirname(modules);
  const isGlobal = path.basename(holder) === 'lib';
  return { folder, npm: isGlobal ? ['--global', '--prefix', path.dirname(holder)] : ['--prefix', holder] };
}

const download = async (address: string): Promise<Buffer> =>
  Buffer.from(await (await get(address, downloadMs)).arrayBuffer());

/** The package has no dependencies, so npm asks nobody else. */
async function install({ npm }: Place, bytes: Buffer): Promise<void> {
  const beside = await mkdtemp(path.join(tmpdir(), 'nexomatic-upgrade-'));
  try {
    const file = path.join(beside, 'nexomatic-sink.tgz');
    await writeFile(file, bytes);
    const quiet = ['--offline', '--ignore-scripts', '--no-audit', '--no-fund'];
    await runCommand(['npm', 'install', ...quiet, ...npm, file], installMs);
  } finally {
    await rm(beside, { recursive: true, force: true });
  }
}
