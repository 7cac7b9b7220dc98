import path from 'node:path';
import {
  finalExitCodes,
  type ServiceDefinition,
  type ServiceFacts,
  serviceName,
  stopSecondsOf,
  writtenFolders,
} from './definition.ts';

const unit = `${serviceName}.service`;

/** A unit of the machine, hardened: it reads the system, writes its own folders, and gains no rights. */
export function systemdUnit(facts: ServiceFacts, home: string | null): ServiceDefinition {
  const scope = home === null ? [] : ['--user'];
  const file = home === null ? `/etc/systemd/system/${unit}` : path.join(home, '.config/systemd/user', unit);
  const systemctl = (...args: string[]): string[] => ['systemctl', ...scope, ...args];
  return {
    file,
    text: textOf(facts, home === null),
    install: [systemctl('daemon-reload'), systemctl('enable', '--now', unit)],
    uninstall: [systemctl('disable', '--now', unit), systemctl('daemon-reload')],
    start: systemctl('start', unit),
    stop: systemctl('stop', unit),
    status: systemctl('is-active', unit),
    logs: (lines, follow) => [
      'journalctl',
      home === null ? `--unit=${unit}` : `--user-unit=${unit}`,
      `--lines=${lines}`,
      // The agent's lines have a time of their own.
      ...['--output=cat', '--no-pager'],
      ...(follow ? ['--follow'] : []),
    ],
  };
}

function textOf(facts: ServiceFacts, ofMachine: boolean): string {
  const { node, program, folders, user } = facts;
  const environment = [
    `Environment="NEXOMATIC_CONFIG_DIR=${folders.config}"`,
    `Environment="NEXOMATIC_STATE_DIR=${folders.state}"`,
  ];
  return `${[
    '[Unit]',
    'Description=Nexomatic sink: runs modules for a Nexomatic hub',
    'After=network-online.target',
    'Wants=network-online.target',
    '',
    '[Service]',
    'Type=exec',
    `ExecStart=${quoted(node)} ${quoted(program)} run`,
    'ExecReload=/bin/kill -HUP $MAINPID',
    ...environment,
    ...(ofMachine ? [`User=${user}`] : []),
    'Restart=on-failure',
    'RestartSec=5',
    `# Wrong settings, a revoked credential, and "kill" of the hub: starting again would change nothing.`,
    `RestartPreventExitStatus=${finalExitCodes.join(' ')}`,
    '# The agent ends its modules itself; what is left of them after that goes with the unit.',
    'KillMode=mixed',
    '# The agent and its modules hold secrets in memory: no core file is to have them.',
    'LimitCORE=0',
    `TimeoutStopSec=${stopSecondsOf(facts)}`,
    ...(ofMachine ? hardening(facts) : ['NoNewPrivileges=yes']),
    '',
    '[Install]',
    `WantedBy=${ofMachine ? 'multi-user.target' : 'default.target'}`,
  ].join('\n')}\n`;
}

/** Not MemoryDenyWriteExecute: V8 compiles while it runs. Modules inherit all of this. */
const hardening = (facts: ServiceFacts): string[] => [
  'NoNewPrivileges=yes',
  'CapabilityBoundingSet=',
  'AmbientCapabilities=',
  'ProtectSystem=strict',
  `ReadWritePaths=${writtenFolders(facts).map(quoted).join(' ')}`,
  ...(facts.modules.some(underHome) ? ['ProtectHome=read-only'] : ['ProtectHome=yes']),
  'PrivateTmp=yes',
  'PrivateDevices=yes',
  'ProtectClock=yes',
  'ProtectControlGroups=yes',
  'ProtectHostname=yes',
  'ProtectKernelModules=yes',
  'LockPersonality=yes',
  'RestrictAddressFamilies=AF_UNIX AF_INET AF_INET6',
  // Who may see only part of /proc may not mount one of its own, which each of these would be.
  ...(facts.isolates
    ? ['RestrictNamespaces=user pid mnt ipc']
    : ['ProtectKernelLogs=yes', 'ProtectKernelTunables=yes', 'RestrictNamespaces=yes']),
  'RestrictRealtime=yes',
  'RestrictSUIDSGID=yes',
  'SystemCallArchitectures=native',
  'UMask=0077',
];

const underHome = (folder: string): boolean => /^\/(home|root)(\/|$)/.test(folder);

/** A word of a unit file: blanks and quotes kept, and what systemd would replace told to stay. */
const quoted = (text: string): string => {
  const escaped = text.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('%', '%%').replaceAll('$', '$$$$');
  return /[\s"'\\]/.test(text) ? `"${escaped}"` : escaped;
};
