import { insertAudit } from '@nexomatic/db/ledger/audit';
import type { ScheduleRow } from '@nexomatic/db/ledger/schedule-rows';
import type { SqlTransaction } from '@nexomatic/db/sql';
import { systemActor } from '../auth/actor.ts';
import type { Decision } from './decide-runs.ts';

/** Keeps in the audit log what a schedule did with itself: paused after failures, or went on after a pause. */
export function recordChange(tx: SqlTransaction, schedule: ScheduleRow, { change, standing }: Decision): void {
  if (change === null) return;
  const { id, name, tenantId } = schedule;
  const { pauseNote: note } = change === 'paused' ? standing : schedule.standing;
  const object = { kind: 'schedule', id, name };
  const facts = { note, until: schedule.standing.pausedUntil?.toISOString() ?? null };
  const told = change === 'paused' ? { before: null, after: facts } : { before: facts, after: null };
  insertAudit(tx, tenantId, [{ actor: systemActor, action: `schedule.${change}`, object, ...told }]);
}
