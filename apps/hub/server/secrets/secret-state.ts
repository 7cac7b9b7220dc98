import type { Id } from '@nexomatic/contracts/id';
import { expiresSoonDays, type SecretState, unusedDays } from '@nexomatic/contracts/secret-api';
import type { Secret } from '@nexomatic/db/entities/secret';

const dayMs = 86_400_000;
const dateAt = (ms: number): string => new Date(ms).toISOString().slice(0, 10);
const limits = (now: number) => ({
  today: dateAt(now),
  soon: dateAt(now + expiresSoonDays * dayMs),
  longAgo: new Date(now - unusedDays * dayMs),
});

/** The worst that there is to say of a secret. */
export function stateOf(row: Secret, now: number, lost: boolean): SecretState {
  const { today, soon, longAgo } = limits(now);
  if (row.valueVersion === 0) return 'no_value';
  if (lost) return 'lost';
  if (row.expiresAt && row.expiresAt < today) return 'expired';
  if (row.expiresAt && row.expiresAt <= soon) return 'expires_soon';
  const recent = [row.lastUsedAt, row.valueSetAt].some((at) => at && at >= longAgo);
  return recent ? 'ok' : 'unused';
}

/** The same as a condition, for lists; `lost` are the secrets that are. */
export function whereState(state: SecretState, now: number, lost: Id<'secret'>[]) {
  const { today, soon, longAgo } = limits(now);
  const set = { valueVersion: { $gt: 0 }, id: { $nin: lost } };
  const calm = { ...set, $or: [{ expiresAt: null }, { expiresAt: { $gt: soon } }] };
  const recent = { $or: [{ lastUsedAt: { $gte: longAgo } }, { valueSetAt: { $gte: longAgo } }] };
  const conditions = {
    no_value: [{ valueVersion: 0 }],
    lost: [{ id: { $in: lost } }],
    expired: [set, { expiresAt: { $lt: today } }],
    expires_soon: [set, { expiresAt: { $gte: today, $lte: soon } }],
    unused: [
      calm,
      { $or: [{ lastUsedAt: null }, { lastUsedAt: { $lt: longAgo } }] },
      { $or: [{ valueSetAt: null }, { valueSetAt: { $lt: longAgo } }] },
    ],
    ok: [calm, recent],
  };
  return conditions[state];
}
