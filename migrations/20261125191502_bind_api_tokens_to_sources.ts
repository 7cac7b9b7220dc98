import { Migration } from '../packages/db/src/migration.ts';

export class BindApiTokensToSources extends Migration {
  override up(): void {
    // A token of a source goes with it: with the reference set to null it would be one for everything.
    this.addSql(`
      alter table api_tokens
        add source_id binary(16) null,
        add index api_tokens_tenant_id_source_id_index (tenant_id, source_id),
        add constraint api_tokens_source_id_foreign foreign key (tenant_id, source_id) references sources (tenant_id, id) on delete cascade
    `);
  }
}
