import { offlineMigrator } from './offline-migrator.ts';

/**
 * Writes the next migration: what the entities say and the snapshot beside the migrations doesn't.
 *
 *   node packages/db/src/create-migration.ts add_sink_labels
 */
const name = process.argv[2] ?? '';
if (!/^[a-z][a-z0-9_]+$/.test(name)) throw new Error('name the change in snake_case, for example add_sink_labels');

const { fileName } = await offlineMigrator().create(undefined, false, false, name);
process.stdout.write(
  fileName === ''
    ? 'The entities are as the snapshot says: nothing to migrate.\n'
    : `Wrote migrations/${fileName}. Read it, and split it so that each file changes one table.\n`,
);
