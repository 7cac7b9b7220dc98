import { execFileSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { readLimits, underLimits } from './module-limits.ts';

describe('limits of modules', () => {
  it('are read over the usual ones', () => {
    expect(readLimits('')).toEqual({ openFiles: 4096, fileBytes: 1024 ** 3 });
    expect(readLimits('memory=512M, cpu=60 nice=25 files=100')).toEqual({
      memoryBytes: 512 * 1024 ** 2,
      cpuSeconds: 60,
      nice: 19,
      openFiles: 100,
      fileBytes: 1024 ** 3,
    });
  });

  it('that make no sense are refused with what is wrong', () => {
    expect(() => readLimits('constructor=1')).toThrow('holds "constructor=1"; give any of memory=512M cpu=600');
    expect(() => readLimits('memory=512')).toThrow('has memory=512, which is less than 33,554,432');
  });

  it('hold for any program that is started under them', () => {
    const asked = [
      '-c',
      'umask; ulimit -c; ulimit -n; ulimit -f; ulimit -v; ulimit -t; nice; echo "$1"',
      'sh',
      'a "b" $c',
    ];
    const limits = {
      openFiles: 64,
      fileBytes: 1024 ** 2,
      memoryBytes: 1024 ** 3,
      cpuSeconds: 9,
      nice: 2,
      processes: 999,
    };
    // Niceness is added to what this process has.
    const nice = Number(execFileSync('nice').toString()) + limits.nice;
    const { command, args } = underLimits('/bin/sh', asked, limits);
    expect(execFileSync(command, args).toString().trim().split('\n')).toEqual([
      '0077',
      '0',
      '64',
      '2048',
      '1048576',
      '9',
      String(nice),
      'a "b" $c',
    ]);
  });
});
