/** What a module's process may use. What is left out is not limited further than the agent itself is. */
export interface ModuleLimits {
  /** Address space. */
  memoryBytes?: number;
  cpuSeconds?: number;
  /** Largest file that it may write. */
  fileBytes?: number;
  openFiles?: number;
  /** Processes of the user that the agent runs as, all attempts together. */
  processes?: number;
  /** How far it stands back behind the agent, 0 to 19. */
  nice?: number;
}

export const usualLimits: ModuleLimits = { openFiles: 4_096, fileBytes: 1024 ** 3 };

const names = {
  memory: { limit: 'memoryBytes', least: 32 * 1024 ** 2, example: '512M' },
  cpu: { limit: 'cpuSeconds', least: 1, example: '600' },
  file: { limit: 'fileBytes', least: 0, example: '1G' },
  files: { limit: 'openFiles', least: 16, example: '4096' },
  processes: { limit: 'processes', least: 1, example: '200' },
  nice: { limit: 'nice', least: 0, example: '5' },
} as const;
const units = { '': 1, K: 1024, M: 1024 ** 2, G: 1024 ** 3 };

/** Reads `memory=512M cpu=600 file=1G files=4096 processes=200 nice=5`, over the usual limits. Throws with what is wrong. */
export function readLimits(text: string): ModuleLimits {
  const limits = { ...usualLimits };
  for (const part of text.split(/[\s,]+/).filter(Boolean)) {
    const [, name = '', number = '', unit = ''] = /^([a-z]+)=(\d{1,15})([KMG]?)$/.exec(part) ?? [];
    const known = Object.hasOwn(names, name) ? names[name as keyof typeof names] : undefined;
    if (!known) {
      const forms = Object.entries(names).map(([one, { example }]) => `${one}=${example}`);
      throw new Error(`holds ${JSON.stringify(part)}; give any of ${forms.join(' ')}`);
    }
    const value = Number(number) * units[unit as keyof typeof units];
    if (value < known.least) throw new Error(`has ${part}, which is less than ${known.least.toLocaleString('en')}`);
    limits[known.limit] = known.limit === 'nice' ? Math.min(value, 19) : value;
  }
  return limits;
}

/**
 * A program that runs under these limits: by way of `sh`, which sets them and becomes the program. Where there is no `sh`
 * (Windows) the program as it is.
 */
export function underLimits(
  command: string,
  args: string[],
  limits: ModuleLimits,
  platform: NodeJS.Platform = process.platform,
): { command: string; args: string[] } {
  if (platform === 'win32') return { command, args };
  const { openFiles, fileBytes, memoryBytes, cpuSeconds, processes, nice } = limits;
  const set = (flag: string, value: number | undefined): string[] =>
    // A limit that is lower already stays.
    value === undefined ? [] : [`ulimit -${flag} ${Math.floor(value)} 2>/dev/null`];
  const steps = [
    'umask 077',
    'ulimit -c 0',
    ...set('n', openFiles),
    ...set('f', fileBytes === undefined ? undefined : fileBytes / 512),
    ...set('v', memoryBytes === undefined ? undefined : memoryBytes / 1024),
    ...set('t', cpuSeconds),
    // The letter differs from shell to shell.
    ...(processes === undefined ? [] : [`{ ulimit -u ${processes} || ulimit -p ${processes}; } 2>/dev/null`]),
    nice ? `exec nice -n ${nice} "$@"` : 'exec "$@"',
  ];
  return { command: '/bin/sh', args: ['-c', steps.join('; '), 'sh', command, ...args] };
}
