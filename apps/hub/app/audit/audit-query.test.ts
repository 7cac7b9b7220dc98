import { expect, test } from 'vitest';
import { auditFilterOf, auditHref, readAuditQuery } from './audit-query.ts';

const read = (text: string) => readAuditQuery(new URLSearchParams(text));

test('what stands in the address is what the hub is asked for, days whole and in the zone of the viewer', () => {
  const query = read('actor=usr_1&action=action.updated&kind=action&object=act_1&from=2026-11-24&to=2026-11-25&x=y');
  expect(auditFilterOf(query, 'Europe/Berlin')).toEqual({
    actor: 'usr_1',
    action: 'action.updated',
    objectKind: 'action',
    objectId: 'act_1',
    since: '2026-11-23T23:00:00.000Z',
    until: '2026-11-25T23:00:00.000Z',
  });
});

test('what is empty, and a day that is none, asks for nothing', () => {
  expect(auditFilterOf(read('actor=&from=soon&to='), 'UTC')).toEqual({});
});

test('a part is changed or taken out, and the rest stays', () => {
  const query = read('actor=usr_1&kind=action&cursor=aud_1&entry=aud_2');
  expect(auditHref(query, { kind: 'member' })).toBe('?actor=usr_1&kind=member');
  expect(auditHref(query, { actor: '', kind: '' })).toBe('.');
});
