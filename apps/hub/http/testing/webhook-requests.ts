import type { RequestSummary } from '@nexomatic/contracts/request-api';
import { makeSource } from '@nexomatic/testkit/factories';
import { expect } from 'vitest';
import type { openRest } from './open-rest.ts';

interface Sent {
  status: number;
  answer: { receiptId: string; eventId: string | null; status: string; duplicate?: boolean; code?: string };
}

/** Webhooks of the tenant that `rest` speaks for, and what its API tells of their requests. */
export function webhookRequests(rest: Awaited<ReturnType<typeof openRest>>) {
  const list = async (id: string, query = ''): Promise<RequestSummary[]> =>
    (await rest.call('GET', `/requests?source=${id}${query}`)).body.requests as RequestSummary[];
  return {
    list,
    /** A source with these settings. */
    async source(settings: object = {}, more: object = {}) {
      const given = { settings: JSON.stringify(settings), ...more };
      const made = await makeSource(rest.database, rest.pipeline.eventType, given);
      return { id: made.source.id, key: made.key };
    },
    async send(key: string, body: string, headers: Record<string, string> = {}): Promise<Sent> {
      const response = await rest.web.post(`/h/${key}`, body, { headers });
      return { status: response.status, answer: (await response.json()) as Sent['answer'] };
    },
    /** The list once it has so many: a refusal is written after its sender was answered. */
    async listed(id: string, n: number): Promise<RequestSummary[]> {
      await expect.poll(async () => (await list(id)).length).toBe(n);
      return list(id);
    },
    get: async (id: string) => (await rest.call('GET', `/requests/${id}`)).body,
  };
}

/** A route of bodies with that `action`. */
export const onAction = (value: string, eventTypeId: string) => ({
  when: [{ in: 'body', at: '/action', is: 'equals', values: [value] }],
  eventTypeId,
});
