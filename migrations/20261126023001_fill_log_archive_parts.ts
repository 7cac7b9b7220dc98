import { Migration } from '../packages/db/src/migration.ts';

/**
 * Of what was archived before, nobody counted the lines. Their times are those of the first and the last chunk, and records
 * may have been written up to a day before or after theirs, so that these parts are opened more often than they need be.
 */
export class FillLogArchiveParts extends Migration {
  override up(): void {
    const at = (chunk: string) =>
      `timestampadd(microsecond, 1000 * json_extract(p.outline, concat('$[', ${chunk}, '][1]')), timestamp '1970-01-01 00:00:00')`;
    const drift = `if(p.kind = 'records', 86400, 0)`;
    this.addSql(`
      update log_archive_parts p
        join events e on e.tenant_id = p.tenant_id and e.id = p.event_id
        join attempts a on a.tenant_id = p.tenant_id and a.event_id = p.event_id and a.number = p.attempt
      set p.event_type_id = e.event_type_id, p.source_id = e.source_id, p.sink_id = a.sink_id,
        p.first_at = timestampadd(second, -${drift}, ${at('0')}),
        p.last_at = timestampadd(second, ${drift}, ${at('json_length(p.outline) - 1')}),
        p.drift_ms = 1000 * ${drift},
        p.long_lasting = true
      where p.blocks <> ''
    `);
  }
}
