import { once } from 'node:events';
import { systemClock } from '@nexomatic/clock';
import { silentLogger } from '@nexomatic/logger';
import { AttemptLog } from '../logs/attempt-log.ts';
import { createPythonRunner } from '../runner/python.ts';
import { openWorkingFolders } from '../runner/working-folder.ts';
import { assignmentOf } from './run-python.ts';

/** Program for tests that kill an agent: runs one module and passes its output on. Arguments: module, folder, state, fork or spawn. */
const [module = '', moduleRoot = '', stateFolder = '', start] = process.argv.slice(2);

const runner = await createPythonRunner({
  python: undefined,
  start: start === 'spawn' ? 'spawn' : 'fork',
  moduleRoots: [moduleRoot],
  folders: await openWorkingFolders(stateFolder),
  environment: { PATH: '/usr/bin:/bin' },
  clock: systemClock,
  logger: silentLogger,
});
const log = new AttemptLog({
  clock: systemClock,
  async send(chunks) {
    for (const { channel, bytes } of chunks) {
      if (channel === 'stdout' && !process.stdout.write(bytes)) await once(process.stdout, 'drain');
    }
    return 'stored';
  },
  onFailure(error) {
    throw error;
  },
});
await runner.start(assignmentOf(module), log).outcome;
await log.close();
await runner.close?.();
