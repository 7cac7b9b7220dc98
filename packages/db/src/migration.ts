/** Base of every file in `migrations/`; by way of this file, so that the ORM has one importer. */
export { Migration } from '@mikro-orm/migrations';
