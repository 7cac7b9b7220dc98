import { type Nexomatic, NexomaticError } from '@nexomatic/client/nexomatic';
import type { ArchiveCheck, VerifiedArchive } from '@nexomatic/contracts/archive-api';
import { callHub } from '../hub/call-hub.ts';
import type { HubOptions } from '../hub/hub-options.ts';
import { minuteOf } from '../hub/minute-of.ts';
import { printJson } from '../hub/print-json.ts';
import { printTable } from '../hub/print-table.ts';
import { sizeOf } from './size-of.ts';

type Damaged = VerifiedArchive['damaged'];

const advice = {
  leftover: 'every log in it stands elsewhere, or was deleted; --fix deletes it once it is older than a day',
  unclaimed: 'it holds logs that stand nowhere else, as after the database was set back; archive adopt takes it up',
  unreadable: 'it is no archive, or damaged; look at it by hand',
};

/** `nexomatic archive check`. Gives the exit code. */
export const checkArchive = (
  options: HubOptions & { json?: boolean; deep?: boolean; fix?: boolean },
): Promise<number> =>
  callHub(options, async (hub) => {
    const check = await hub.archive.check({ fix: options.fix ?? false });
    const deep = options.deep ? await readAll(hub) : null;
    if (options.json) printJson({ ...check, ...(deep ? { read: deep } : {}) });
    else print(check, deep?.damaged ?? []);
    const wrong =
      check.strayCount - check.deleted + check.missingCount + check.differingCount + (deep?.damaged.length ?? 0);
    if (wrong > 0)
      throw new NexomaticError(
        'conflict',
        `the archive is not as it should be: ${wrong} ${wrong === 1 ? 'object' : 'objects'}`,
      );
  });

async function readAll(hub: Nexomatic) {
  const read = { objects: 0, size: 0, damaged: [] as Damaged };
  for await (const page of hub.archive.verify()) {
    read.objects += page.objects;
    read.size += page.size;
    read.damaged.push(...page.damaged);
    process.stderr.write(`read: ${read.objects} objects, ${sizeOf(read.size)}\n`);
  }
  return read;
}

function print(check: ArchiveCheck, damaged: Damaged): void {
  process.stderr.write(`in the store: ${check.objects} objects, ${sizeOf(check.size)}\n`);
  const rows = [
    ...check.missing.map(({ id, kind, logs }) => [
      id,
      'missing',
      `its ${logs} logs (${kind}) can not be read; set it back from a backup of the store`,
    ]),
    ...check.differing.map(({ id, size, found }) => [id, 'other size', `${found} bytes in place of ${size}`]),
    ...damaged.map(({ id, problem }) => [id, 'damaged', problem]),
    ...check.strays.map(({ key, what, size, at }) => [key, what, `${sizeOf(size)}, ${minuteOf(at)}: ${advice[what]}`]),
  ];
  if (rows.length > 0) printTable(['OBJECT', 'WHAT', 'WHY'], rows);
  if (check.deleted > 0) process.stderr.write(`deleted: ${check.deleted} leftovers\n`);
}
