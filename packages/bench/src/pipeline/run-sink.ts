import type { SinkTransport } from '@nexomatic/contracts/sink-protocol';
import { createLogger } from '@nexomatic/logger';
import { startAgent } from '@nexomatic/sink/agent';
import { createInlineRunner } from '@nexomatic/sink/runner/inline';
import { answerCalls, childSettings } from '../children/calls.ts';
import { createTally } from '../children/tally.ts';
import { microseconds } from '../measure/instant.ts';

/** Child process: the real agent, with one module that does nothing. */
export interface SinkCalls {
  /** Settles when the module has been started that many times since the process began. */
  handled: {
    input: { total: number; withinMs: number };
    output: { total: number; firstStartedAt: number; lastStartedAt: number };
  };
}

export interface SinkSettings {
  hubUrl: string;
  sinkToken: string;
  transport: SinkTransport;
  redisUrl: string;
  stateFolder: string;
  slots: number;
  /** Name of the module that does nothing. */
  module: string;
}

const { hubUrl, sinkToken, transport, redisUrl, stateFolder, slots, module } = childSettings<SinkSettings>();
const starts = createTally('events were started');
let firstStartedAt = 0;
let lastStartedAt = 0;

const agent = await startAgent({
  hubUrl,
  token: sinkToken,
  transport,
  redisUrl,
  stateFolder,
  slots,
  runners: {
    CUSTOM: createInlineRunner({
      [module]: () => {
        lastStartedAt = microseconds();
        firstStartedAt ||= lastStartedAt;
        starts.add();
      },
    }),
  },
  logger: createLogger('sink'),
});

answerCalls<SinkCalls>(
  {
    async handled({ total, withinMs }) {
      return { total: await starts.reaches(total, withinMs), firstStartedAt, lastStartedAt };
    },
  },
  async () => {
    agent.stop();
    await agent.stopped;
  },
);
