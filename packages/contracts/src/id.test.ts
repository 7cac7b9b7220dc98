import { describe, expect, it } from 'vitest';
import { idFromBytes, idFromUuid, idSchema, idToBytes, idToUuid, isId, lowestIdAt, newId } from './id.ts';

describe('ids', () => {
  it('are written as TypeID writes them (vectors of its specification)', () => {
    expect(idFromUuid('user', '01890a5d-ac96-774b-bcce-b302099a8057')).toBe('usr_01h455vb4pex5vsknk084sn02q');
    expect(idFromUuid('user', '00000000-0000-0000-0000-000000000000')).toBe(`usr_${'0'.repeat(26)}`);
    expect(idFromUuid('user', 'ffffffff-ffff-ffff-ffff-ffffffffffff')).toBe('usr_7zzzzzzzzzzzzzzzzzzzzzzzzz');
  });

  it('survive the way to bytes and to UUID text and back', () => {
    const id = newId('event');
    expect(idFromBytes('event', idToBytes(id))).toBe(id);
    expect(idFromUuid('event', idToUuid(id))).toBe(id);
    expect(idToBytes(id)).toHaveLength(16);
  });

  it('lie between the lowest of the millisecond that they were made in and the next', () => {
    const uuid = '01890a5d-ac96-774b-bcce-b302099a8057';
    const [id, madeAt] = [idFromUuid('event', uuid), 0x01890a5dac96];
    expect(lowestIdAt('event', madeAt) < id).toBe(true);
    expect(id < lowestIdAt('event', madeAt + 1)).toBe(true);
    expect(Buffer.from(idToBytes(lowestIdAt('event', madeAt))).toString('hex')).toBe(`01890a5dac96${'0'.repeat(20)}`);
    expect(lowestIdAt('event', -1)).toBe(lowestIdAt('event', 0));
  });

  it('sort by the order in which they were made', () => {
    const made = Array.from({ length: 1_000 }, () => newId('event'));
    expect(made.toSorted()).toEqual(made);
  });

  it('are refused with another prefix, another length, upper case or letters outside the alphabet', () => {
    const id = newId('event');
    expect(isId('event', id)).toBe(true);
    expect(isId('sink', id)).toBe(false);
    expect(isId('event', id.toUpperCase())).toBe(false);
    expect(isId('event', `${id}0`)).toBe(false);
    expect(isId('event', `evt_${'u'.repeat(26)}`)).toBe(false);
    expect(isId('event', `evt_8${'0'.repeat(25)}`)).toBe(false);
    expect(isId('event', `${id}\n`)).toBe(false);
  });

  it('are refused by their schema with a message that names the form', () => {
    const parsed = idSchema('event').safeParse('42');
    expect(parsed.error?.issues[0]?.message).toBe('expected an id of the form evt_… (26 characters after the prefix)');
  });
});
