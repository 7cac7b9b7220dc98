import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { access, constants, readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import {
  type InventoryModule,
  type ModuleInventory,
  maxInventoryModules,
  moduleInventory,
} from '@nexomatic/contracts/module-inventory';
import { type PowerShell, powerShellFolder, quietly } from './powershell.ts';
import type { PythonProgram } from './python-program.ts';

const withinMs = 30_000;
const maxBuffer = 16 * 1024 * 1024;
/** A program says what it is in its first lines. */
const headBytes = 8 * 1024;

/** Functions of Python modules, read by Python's own parser; nothing of them is run. */
export async function pythonInventory(program: PythonProgram, moduleRoots: string[]): Promise<ModuleInventory> {
  return askProgram(program.executable, [...program.args, JSON.stringify({ inventory: { moduleRoots } })]);
}

/** Scripts and functions of PowerShell modules, read by PowerShell's own parser; nothing of them is run. */
export async function powerShellInventory(shell: PowerShell, moduleRoots: string[]): Promise<ModuleInventory> {
  return askProgram(shell.command, [...quietly, '-File', path.join(powerShellFolder, 'inventory.ps1'), ...moduleRoots]);
}

async function askProgram(command: string, args: string[]): Promise<ModuleInventory> {
  const { stdout } = await promisify(execFile)(command, args, { timeout: withinMs, maxBuffer });
  return moduleInventory.parse(JSON.parse(stdout));
}

/** Executable files; a script tells of itself in comments: a line of text, and `# parameter NAME (TYPE, optional): text`. */
export async function customInventory(moduleRoots: string[]): Promise<ModuleInventory> {
  const modules = new Map<string, InventoryModule>();
  for (const root of moduleRoots) {
    for (const name of await programsIn(root)) {
      if (!modules.has(name)) modules.set(name, describeProgram(name, await readFile(path.join(root, name))));
    }
  }
  const all = [...modules.values()];
  return { modules: all.slice(0, maxInventoryModules), truncated: all.length > maxInventoryModules };
}

async function programsIn(root: string, inside = ''): Promise<string[]> {
  const found: string[] = [];
  const entries = await readdir(path.join(root, inside), { withFileTypes: true });
  for (const entry of entries.toSorted((one, other) => (one.name < other.name ? -1 : 1))) {
    if (!/^\w[\w.-]*$/.test(entry.name)) continue;
    const name = path.posix.join(inside, entry.name);
    if (entry.isDirectory()) found.push(...(await programsIn(root, name)));
    else if (entry.isFile() && (await mayRun(path.join(root, name)))) found.push(name);
  }
  return found;
}

function mayRun(file: string): Promise<boolean> {
  return access(file, constants.X_OK).then(
    () => true,
    () => false,
  );
}

const declaration = /^parameter\s+([\w.-]{1,100})(?:\s*\(([^)]{0,120})\))?\s*:?\s*(.{0,500})/;

function describeProgram(name: string, content: Buffer): InventoryModule {
  const head = content.subarray(0, headBytes).toString();
  const lines = head.startsWith('#!') ? head.split('\n').slice(1) : [];
  const comments = lines.flatMap((line) => /^#+\s*(.*\S)\s*$/.exec(line)?.[1] ?? []);
  const summary = comments.find((text) => !declaration.test(text));
  return {
    name,
    hash: createHash('sha256').update(content).digest('hex'),
    summary: summary?.slice(0, 500) ?? null,
    parameters: comments.flatMap((text) => declarationOf(text) ?? []).slice(0, 100),
  };
}

function declarationOf(text: string): InventoryModule['parameters'][number] | undefined {
  const [, name, kind = '', description] = declaration.exec(text) ?? [];
  if (!name) return undefined;
  const words = kind.split(',').map((word) => word.trim());
  const type = words.filter((word) => word && word !== 'optional').join(', ');
  return {
    ...{ name, type: type.slice(0, 100) || null, description: description || null },
    required: !words.includes('optional'),
  };
}
