import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer as createHub } from 'node:http';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { freePort } from '@nexomatic/testkit/free-port';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { callCli } from '../testing/call-cli.ts';

const exec = promisify(execFile);
let home: string;
beforeAll(async () => {
  home = await mkdtemp(path.join(tmpdir(), 'nexomatic care '));
});
afterAll(() => rm(home, { recursive: true, force: true }));
const cli = (...args: string[]) => callCli(['--dir', path.join(home, 'config'), ...args]);

describe('service definitions', () => {
  it('the unit of systemd is hardened, and does not start again what a restart can not help', async () => {
    const { code, stdout } = await cli('service', 'install', '--dry-run', '--platform', 'linux');
    expect(code).toBe(0);
    expect(stdout).toContain('RestartPreventExitStatus=3 4 76\n');
    expect(stdout).toContain('User=nexomatic-sink\n');
    for (const line of ['NoNewPrivileges=yes', 'ProtectSystem=strict', 'CapabilityBoundingSet=', 'PrivateTmp=yes']) {
      expect(stdout).toContain(`${line}\n`);
    }
    // A folder with a blank stays one word.
    expect(stdout).toContain(`ReadWritePaths="${home}/config"\n`);
  });

  it('the unit of an agent that isolates what it runs lets it make namespaces', async () => {
    const environment = { NEXOMATIC_ISOLATION: 'namespace' };
    const args = ['--dir', path.join(home, 'config'), 'service', 'install', '--dry-run', '--platform', 'linux'];
    const [usual, isolating] = [await callCli(args), await callCli(args, environment)];
    expect(usual.stdout).toContain('RestrictNamespaces=yes\n');
    expect(isolating.stdout).toContain('RestrictNamespaces=user pid mnt ipc\n');
    expect(isolating.stdout).not.toContain('ProtectKernelTunables');
  });

  it('launchd and the Task Scheduler get well-formed definitions of the same agent', async () => {
    for (const platform of ['darwin', 'win32']) {
      const { code, stdout } = await cli('--json', 'service', 'install', '--dry-run', '--platform', platform);
      expect(code).toBe(0);
      const { text, file } = JSON.parse(stdout);
      expect(file).toMatch(platform === 'darwin' ? /LaunchDaemons.*plist$/ : /\.xml$/);
      const source = path.join(home, `${platform}.xml`);
      await writeFile(source, text.replace(/<!DOCTYPE[^>]*>/, ''));
      const check = 'import sys, xml.dom.minidom as m; m.parse(sys.argv[1])';
      await exec('python3', ['-c', check, source]);
      expect(text).toContain('nexomatic');
    }
  });

  it('are not installed for a machine that has not joined, nor for another system', async () => {
    expect(await cli('service', 'install')).toMatchObject({
      code: 5,
      stderr: expect.stringContaining('has not joined'),
    });
    expect(await cli('service', 'status', '--user')).toMatchObject({ code: 5 });
    expect(await cli('service', 'install', '--platform', 'plan9', '--dry-run')).toMatchObject({ code: 2 });
  });
});

describe('an installed service', () => {
  /** A machine whose service managers only write down what they are asked. */
  async function machine() {
    const own = await mkdtemp(path.join(home, 'machine-'));
    const bin = path.join(own, 'bin');
    await mkdir(bin);
    for (const name of ['systemctl', 'journalctl']) {
      const script = `#!/bin/sh\necho "${name} $*" >> "${own}/asked"\n[ ${name} = journalctl ] && echo 'the last line'\nexit 0\n`;
      await writeFile(path.join(bin, name), script, { mode: 0o755 });
    }
    const unit = path.join(own, '.config/systemd/user/nexomatic-sink.service');
    await mkdir(path.dirname(unit), { recursive: true });
    await writeFile(unit, '[Unit]\n');
    return {
      service: (...args: string[]) =>
        callCli(['--dir', path.join(own, 'config'), 'service', ...args], { HOME: own, PATH: `${bin}:/usr/bin:/bin` }),
      asked: async () => (await readFile(path.join(own, 'asked'), 'utf8')).trim().split('\n'),
    };
  }

  it('is started, looked at and stopped by the commands of its service manager', async () => {
    const { service, asked } = await machine();
    expect(await service('start', '--user')).toMatchObject({ code: 0, stdout: expect.stringContaining('was started') });
    expect(await service('status', '--user')).toMatchObject({ code: 0, stdout: expect.stringContaining('runs') });
    expect(await service('logs', '--user', '-n', '5')).toMatchObject({ code: 0, stdout: 'the last line\n' });
    expect(await service('stop', '--user')).toMatchObject({ code: 0, stdout: expect.stringContaining('was stopped') });
    expect(await asked()).toEqual([
      'systemctl --user start nexomatic-sink.service',
      'systemctl --user is-active nexomatic-sink.service',
      'journalctl --user-unit=nexomatic-sink.service --lines=5 --output=cat --no-pager',
      'systemctl --user stop nexomatic-sink.service',
    ]);
  });

  it('is not started, stopped or read where there is none', async () => {
    for (const name of ['start', 'stop', 'logs']) {
      expect(await callCli(['service', name, '--user'], { HOME: path.join(home, 'nobody') })).toMatchObject({
        code: 5,
        stderr: expect.stringContaining('service install'),
      });
    }
    expect((await cli('service', 'logs', '--lines', 'many')).code).toBe(2);
  });

  it('other systems have a command for each too, to be looked at before', async () => {
    for (const platform of ['darwin', 'win32']) {
      for (const [name, word] of [
        ['stop', /SIGTERM|\/End/],
        ['logs', /agent\.log/],
      ] as const) {
        const { code, stdout } = await cli('service', name, '--dry-run', '--platform', platform);
        expect({ code, stdout }).toEqual({ code: 0, stdout: expect.stringMatching(word) });
      }
    }
  });
});

describe('doctor', () => {
  it('says of everything that is missing what to do, and ends with 1', async () => {
    const server = createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    const open = `127.0.0.1:${(server.address() as { port: number }).port}`;
    const closed = `127.0.0.1:${await freePort()}`;
    const { code, stdout } = await cli('--json', 'doctor', '--tcp', open, '--tcp', closed, '--tcp', 'nonsense');
    server.close();
    expect(code).toBe(1);
    const findings: { check: string; state: string; fix?: string }[] = JSON.parse(stdout).findings;
    const states = (check: string) => findings.filter((one) => one.check === check).map(({ state }) => state);
    expect({ identity: states('identity'), hub: states('hub'), tcp: states('tcp'), node: states('node') }).toEqual({
      identity: ['fail'],
      hub: ['fail'],
      tcp: ['ok', 'fail', 'fail'],
      node: ['ok'],
    });
    for (const { state, fix } of findings) expect(Boolean(fix)).toBe(state !== 'ok');
  });
});

describe('init', () => {
  it('makes a project whose own test passes, and writes into no folder that holds something', async () => {
    const folder = path.join(home, 'modules');
    expect((await cli('init', 'python', folder)).code).toBe(0);
    await exec('python3', ['-m', 'unittest'], { cwd: folder });
    expect(await cli('init', 'python', folder)).toMatchObject({
      code: 6,
      stderr: expect.stringContaining('is not empty'),
    });
    expect((await cli('init', 'powershell', path.join(home, 'ps'))).code).toBe(0);
    expect(await readdir(path.join(home, 'ps'))).toContain('hello.ps1');
    expect((await cli('init', 'cobol', path.join(home, 'x'))).code).toBe(2);
  });
});

describe('completion', () => {
  it('is made for four shells, and bash completes by it', async () => {
    for (const shell of ['bash', 'zsh', 'fish', 'powershell']) expect((await cli('completion', shell)).code).toBe(0);
    const { stdout } = await cli('completion', 'bash');
    const script = path.join(home, 'completion.bash');
    await writeFile(script, stdout);
    const ask = `source "$0"; COMP_WORDS=(nexomatic-sink service in); COMP_CWORD=2; _nexomatic_sink; echo "\${COMPREPLY[@]}"`;
    expect((await exec('bash', ['-c', ask, script])).stdout.trim()).toBe('install');
    expect((await cli('completion', 'tcsh')).code).toBe(2);
  });
});

describe('upgrade', () => {
  it('leaves alone what npm has not installed, and says where the agent of the hub is', async () => {
    const told = JSON.stringify({ name: 'nexomatic-hub', version: '97.1.0' });
    const server = createHub((_request, answer) => void answer.end(told)).listen(0, '127.0.0.1');
    await once(server, 'listening');
    const hub = `http://127.0.0.1:${(server.address() as { port: number }).port}`;
    const upgrade = (url: string, ...args: string[]) => callCli(['upgrade', ...args], { NEXOMATIC_HUB_URL: url });
    expect(await upgrade(hub)).toMatchObject({
      code: 1,
      stderr: expect.stringContaining(`npm install --global ${hub}/download/nexomatic-sink.tgz`),
    });
    server.close();
    expect((await upgrade(`http://127.0.0.1:${await freePort()}`)).code).toBe(7);
    expect(await cli('upgrade', '--check')).toMatchObject({ code: 5, stderr: expect.stringContaining('not joined') });
  });
});
