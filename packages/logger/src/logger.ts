import { type Logger, pino } from 'pino';
import pretty from 'pino-pretty';

export type { Logger };

/**
 * One JSON object per line on stdout; readable text when stdout is a terminal. Names are `noun.verbed`
 * (`event.accepted`), every id that matters is a field (`requestId`, `eventId`, `traceId`, `tenantId`).
 * `level` is one of pino's names: trace, debug, info, warn, error, fatal, silent. With `file`, the lines are added to that
 * instead of stdout.
 */
export function createLogger(service: string, level = 'info', file?: string): Logger {
  const options = {
    level,
    base: { service },
    messageKey: 'event',
    timestamp: pino.stdTimeFunctions.isoTime,
    formatters: { level: (label: string) => ({ level: label }) },
    redact: { paths: ['token', '*.token', 'authorization', '*.authorization'], censor: '[redacted]' },
  };
  if (file !== undefined) return pino(options, pino.destination({ dest: file, mkdir: true }));
  if (process.stdout.isTTY) {
    return pino(
      options,
      pretty({ messageKey: 'event', ignore: 'service,pid,hostname', translateTime: 'SYS:HH:MM:ss' }),
    );
  }
  return pino(options);
}

/** For tests and for library users that bring no logger. */
export const silentLogger: Logger = pino({ level: 'silent' });
