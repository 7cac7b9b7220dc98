import type { LogChannel } from '@nexomatic/contracts/sink-protocol';

/** Kinds of logs that modules write, of so many lines; numbers and hashes keep them from packing better than real ones. */
export const sampleLogs: Record<string, { channel: LogChannel; text: (lines: number) => string }> = {
  'plain prints': {
    channel: 'stdout',
    text: (lines) =>
      linesBy(lines, (i) => `Fetched page ${i} of the catalogue in ${mixed(i, 900)} ms, ${mixed(i + 7, 480)} products`),
  },
  'JSON records': {
    channel: 'record',
    text: (lines) =>
      linesBy(lines, (i) =>
        JSON.stringify({
          at: 1_790_000_000_000 + i * 37,
          level: i % 50 === 0 ? 'warn' : 'info',
          message: `order ${mixed(i, 500_000)} was sent`,
          fields: { 'order.id': mixed(i, 500_000), customer: `customer-${mixed(i, 1_000)}`, ms: mixed(i, 900) },
        }),
      ),
  },
  'stack traces': {
    channel: 'stderr',
    text: (lines) => linesBy(lines, (i) => trace[i % trace.length]?.replace('#', String(mixed(i, 60_000))) ?? ''),
  },
};

const trace = [
  'Traceback (most recent call last):',
  '  File "/opt/modules/billing/send_invoice.py", line #, in run',
  '    connection = pool.acquire(timeout=30)',
  '  File "/usr/lib/python3.12/site-packages/pool/connection.py", line #, in acquire',
  '    raise ConnectionRefusedError(self.address)',
  'ConnectionRefusedError: 10.0.0.7:#',
  'trying again in # ms',
];

const linesBy = (count: number, line: (i: number) => string): string =>
  Array.from({ length: count }, (_, i) => `${line(i)}\n`).join('');

/** A number below the limit that is not seen coming. */
const mixed = (i: number, below: number): number => (Math.imul(i + 1, 2_654_435_761) >>> 0) % below;
