import { createHash } from 'node:crypto';

/** What the module below is told to write. */
export interface WrittenLog {
  name: string;
  lines: number;
  /** Seconds that it takes about it. */
  seconds: number;
}

/** Writes output on both streams and records, none of which can be foretold or packed well. */
export const moduleText = `import hashlib, sys, time
def run(ctx):
    name, lines, seconds = ctx.payload["name"], ctx.payload["lines"], ctx.payload["seconds"]
    for i in range(lines):
        print(f"{name} größe {i} " + hashlib.sha256(f"{name} {i}".encode()).hexdigest() * (1 + i % 3))
        if i % 10 == 0: ctx.log.info(f"{name} record {i}", n=i)
        if i % 25 == 0: print(f"{name} warns {i}", file=sys.stderr)
        if i % 20 == 0: time.sleep(seconds * 20 / lines)
`;

const hex = (text: string): string => createHash('sha256').update(text).digest('hex');

/** The lines that a reader should find of each channel. */
export function linesOf({ name, lines }: WrittenLog): Record<'stdout' | 'record' | 'stderr', string[]> {
  const numbers = Array.from({ length: lines }, (_, i) => i);
  return {
    stdout: numbers.map((i) => `${name} größe ${i} ${hex(`${name} ${i}`).repeat(1 + (i % 3))}`),
    record: numbers.filter((i) => i % 10 === 0).map((i) => `${name} record ${i}`),
    stderr: numbers.filter((i) => i % 25 === 0).map((i) => `${name} warns ${i}`),
  };
}
