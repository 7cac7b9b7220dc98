import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { allowed, refused } from './fixtures.ts';

const root = resolve(import.meta.dirname, '..');

interface Finding {
  category: string;
  severity: string;
  message: string;
  location: { path: string };
}

/** Biome with the repository's own settings over a folder that holds one small file for each rule. */
function lint(folder: string): Finding[] {
  const biome = join(root, 'node_modules', '@biomejs', 'biome', 'bin', 'biome');
  const run = [biome, 'lint', '--reporter=json', '--max-diagnostics=none', '.'];
  try {
    execFileSync(process.execPath, run, { cwd: folder, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
    return [];
  } catch (error) {
    const { stdout } = error as { stdout: string };
    return (JSON.parse(stdout) as { diagnostics: Finding[] }).diagnostics;
  }
}

describe('each rule of the house is a lint error', () => {
  const folder = mkdtempSync(join(tmpdir(), 'nexomatic-lint-'));
  let findings: Finding[] = [];

  beforeAll(() => {
    for (const file of ['biome.json', 'lint', '.gitignore']) {
      cpSync(join(root, file), join(folder, file), { recursive: true, filter: (path) => !path.endsWith('.ts') });
    }
    for (const { path, code } of [...refused, ...allowed]) {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      writeFileSync(join(folder, path), code);
    }
    findings = lint(folder);
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  const errorsOf = (path: string) => findings.filter((finding) => finding.location.path === path);

  test.each(refused)('$path: $what', ({ path, rule }) => {
    const errors = errorsOf(path).map(({ severity, category, message }) => `${severity} ${category} ${message}`);
    expect(errors).toEqual([expect.stringMatching(rule)]);
  });

  test.each(allowed)('$path is allowed: $what', ({ path }) => {
    expect(errorsOf(path)).toEqual([]);
  });
});
