import { readdirSync } from 'node:fs';
import path from 'node:path';
import type { InventoryModule, ModuleInventory } from '@nexomatic/contracts/module-inventory';
import { nearestName } from '@nexomatic/contracts/nearest-name';
import type { SinkRuntime } from '@nexomatic/contracts/sink-protocol';
import { AgentError, exitCodes } from '../agent-error.ts';
import type { Machine } from './machine.ts';
import { openRunner } from './open-runners.ts';
import type { Talk } from './talk.ts';

/** What there is to run in the module folders; nothing of it is run. */
export async function listModules(machine: Machine, runtime: SinkRuntime | undefined, talk: Talk): Promise<void> {
  const inventory = await readInventory(machine, runtime);
  const lines = inventory.modules.map(lineOf);
  if (lines.length === 0) lines.push(`there are no modules in ${machine.settings.environment.NEXOMATIC_MODULES}`);
  if (inventory.truncated) lines.push('… and more');
  talk.result(lines.join('\n'), inventory);
}

/** What one module says of itself, and the parameters that it takes; of every function of a file, if only that is named. */
export async function describeModule(
  machine: Machine,
  name: string,
  runtime: SinkRuntime | undefined,
  talk: Talk,
): Promise<void> {
  const { modules } = await readInventory(machine, runtime);
  const found = modules.filter((one) => one.name === name || one.name.startsWith(`${name}.`));
  if (found.length > 0) return talk.result(found.map(descriptionOf).join('\n\n'), { modules: found });
  const known = modules.map((one) => one.name);
  const nearest = nearestName(name, known);
  const hint = nearest === undefined ? 'there is none at all' : `did you mean ${nearest}?`;
  throw new AgentError(exitCodes.notFound, `there is no module ${name}; ${hint}`);
}

/** Whether there is something to run at all, and whether every file of it can be read. Ends with 1 where not. */
export async function checkModules(machine: Machine, runtime: SinkRuntime | undefined, talk: Talk): Promise<void> {
  const { modules, truncated } = await readInventory(machine, runtime);
  const names = modules.map(({ name }) => name);
  const faults = truncated
    ? []
    : sourceFiles(machine)
        .filter((file) => !isIn(names, file))
        .map(unreadable);
  if (modules.length === 0) faults.push(`there are no modules in ${machine.settings.environment.NEXOMATIC_MODULES}`);
  const text = faults.length > 0 ? faults.join('\n') : `${modules.length} modules can be read`;
  talk.result(text, { modules: modules.length, faults });
  if (faults.length > 0) throw new AgentError(exitCodes.failed, `${faults.length} faults in the module folders`);
}

const unreadable = (file: string): string => `${file} can not be read as a module, or has nothing that could be run`;

/** Files that look like modules, below their folder. Tests and what begins with an underscore are none. */
function sourceFiles({ settings: { environment } }: Machine): string[] {
  const roots = (environment.NEXOMATIC_MODULES ?? '').split(path.delimiter).filter(Boolean);
  const files = roots.flatMap((root) => readdirSync(root, { recursive: true, encoding: 'utf8' }));
  return files.filter((file) => /\.(py|ps1|psm1)$/.test(file) && !/(^|[\\/])(_|\.|test_|tests[\\/])/.test(file));
}

function isIn(names: string[], file: string): boolean {
  const module = file.replace(/\.\w+$/, '').replaceAll(/[\\/]/g, '.');
  return names.some((name) => name === module || name.startsWith(`${module}.`) || name === file);
}

async function readInventory(machine: Machine, asked: SinkRuntime | undefined): Promise<ModuleInventory> {
  const { runner, close } = await openRunner(machine, asked);
  try {
    return (await runner.inventory?.()) ?? { modules: [], truncated: false };
  } finally {
    await close();
  }
}

function lineOf({ name, hash, summary, parameters }: InventoryModule): string {
  const takes = parameters.map((one) => (one.required ? one.name : `[${one.name}]`)).join(' ');
  return [name.padEnd(32), hash.slice(0, 8), takes, summary && `– ${summary}`].filter(Boolean).join('  ');
}

function descriptionOf({ name, hash, summary, parameters }: InventoryModule): string {
  const width = Math.max(...parameters.map((one) => one.name.length), 0);
  const lines = parameters.map(({ name: key, type, required, description }) => {
    const kind = [type, required ? 'required' : 'optional'].filter(Boolean).join(', ');
    return `  ${key.padEnd(width)}  ${kind}${description ? ` – ${description}` : ''}`;
  });
  const takes = lines.length > 0 ? 'parameters' : 'takes no parameters that it tells of';
  return [name, summary ?? 'says nothing of itself', `hash ${hash}`, takes, ...lines].join('\n');
}
