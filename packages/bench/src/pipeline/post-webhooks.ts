import { answerCalls, childSettings } from '../children/calls.ts';
import { microseconds } from '../measure/instant.ts';
import { openWebhookConnection } from './webhook-connection.ts';

/** Child process that sends webhooks and does nothing else. */
export interface SenderCalls {
  /** Sends that many, each connection the next one when it has its answer. `statuses` counts the answers by status. */
  post: { input: { count: number }; output: { statuses: Record<string, number> } };
  postOne: { input: null; output: { status: number; body: string; sentAt: number; answeredAt: number } };
}

export interface SenderSettings {
  url: string;
  connections: number;
}

const settings = childSettings<SenderSettings>();
const url = new URL(settings.url);
const connections = await Promise.all(Array.from({ length: settings.connections }, () => openWebhookConnection(url)));
let sent = 0;

answerCalls<SenderCalls>(
  {
    async post({ count }) {
      const statuses: Record<string, number> = {};
      const end = sent + count;
      await Promise.all(
        connections.map(async (connection) => {
          while (sent < end) {
            sent += 1;
            const { status } = await connection.post(`{"n":${sent}}`);
            statuses[status] = (statuses[status] ?? 0) + 1;
          }
        }),
      );
      return { statuses };
    },
    async postOne() {
      const [connection] = connections;
      if (!connection) throw new Error('there is no connection');
      sent += 1;
      const sentAt = microseconds();
      const answer = await connection.post(`{"n":${sent}}`);
      return { ...answer, sentAt, answeredAt: microseconds() };
    },
  },
  async () => {
    for (const connection of connections) connection.close();
  },
);
