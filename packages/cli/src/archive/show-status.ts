import type { ArchiveStatus } from '@nexomatic/contracts/archive-api';
import { callHub } from '../hub/call-hub.ts';
import type { HubOptions } from '../hub/hub-options.ts';
import { minuteOf } from '../hub/minute-of.ts';
import { printJson } from '../hub/print-json.ts';
import { printTable } from '../hub/print-table.ts';
import { sizeOf } from './size-of.ts';

const stores = { file: 'a folder', azure: 'Azure Blob Storage', s3: 'S3' };

/** `nexomatic archive status`. Gives the exit code. */
export const showStatus = (options: HubOptions & { json?: boolean }): Promise<number> =>
  callHub(options, async (hub) => {
    const status = await hub.archive.status();
    if (options.json) return printJson(status);
    printTable(
      ['STORE', stores[status.store.kind]],
      [
        ['state', stateOf(status)],
        ['last pass', minuteOf(status.lastPassAt)],
        ['oldest log in the database', minuteOf(status.oldestHotAt)],
        ['asked back', restoredOf(status)],
        ['objects at work', String(status.unfinished)],
      ],
    );
    process.stdout.write('\n');
    printTable(
      ['KIND', 'LOGS', 'OBJECTS', 'STORED', 'PLAIN', 'ARCHIVES WHAT ENDED BEFORE', 'DUE'],
      status.kinds.map((one) => [
        ...[one.kind, String(one.logs), String(one.objects), sizeOf(one.size), sizeOf(one.bytes)],
        ...[minuteOf(one.hotBefore), `${one.due}${status.dueMore ? ' or more' : ''}`],
      ]),
    );
  });

function restoredOf({ restored: { logs, waiting, nextEnd } }: ArchiveStatus): string {
  if (logs + waiting === 0) return '-';
  const coming = waiting > 0 ? `, ${waiting} on their way` : '';
  return `${logs} in the database${coming}; the first goes ${minuteOf(nextEnd)}`;
}

function stateOf({ store: { fault } }: ArchiveStatus): string {
  if (!fault) return 'ok';
  const tries = fault.times === 1 ? '1 failure' : `${fault.times} failures`;
  return `failing since ${minuteOf(fault.since)}, ${tries}, tried again ${minuteOf(fault.retryAt)}. ${fault.reason}`;
}
