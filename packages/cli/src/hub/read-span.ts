import { InvalidArgumentError } from 'commander';

const unitSeconds = { s: 1, m: 60, h: 3_600, d: 86_400 };

/** Reads an option that is a length of time, `90s` `10m` `2h` `3d`, as seconds. */
export function readSpan(given: string): number {
  const [, number, unit] = /^(\d{1,9})([smhd])$/.exec(given) ?? [];
  if (!number || !unit) throw new InvalidArgumentError('Give a length of time, for example 90s, 10m, 2h or 3d.');
  return Number(number) * unitSeconds[unit as keyof typeof unitSeconds];
}
