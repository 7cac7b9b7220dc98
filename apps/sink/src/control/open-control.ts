import path from 'node:path';
import type { Credential } from '@nexomatic/client/credential';
import type { SinkClient } from '@nexomatic/client/sink-client';
import type { Id } from '@nexomatic/contracts/id';
import { Acknowledgements } from './acknowledgements.ts';
import { Control, type ControlOptions } from './control.ts';
import { followHub } from './follow-hub.ts';
import type { LocalStatus } from './local-protocol.ts';
import { openLocalServer } from './local-server.ts';

/** How long the last word about signals may take to reach the hub. */
const acknowledgeMs = 10_000;

/** Why an agent ended; `signals` are those that a reset has the agent after it say to be done. */
export type AgentEnd = { how: 'stopped' } | { how: 'killed' } | { how: 'reset'; signals: Id<'signal'>[] };

export interface OpenControlOptions extends Omit<ControlOptions, 'acknowledgements' | 'hub'> {
  hub: Pick<SinkClient, 'setPaused' | 'acknowledge'>;
  hubUrl: string;
  token: string | Credential;
  stateFolder: string;
  sinkId: Id<'sink'>;
  /** Signals that are done by this agent's being there. */
  done: readonly Id<'signal'>[];
  onFailure(error: unknown): void;
  /** What this agent can say of itself to the commands of its machine. */
  status(): Omit<LocalStatus, 'paused' | 'leaving' | 'connected'>;
}

/** Where an agent hears what it is to do: from its hub, and from its own machine. */
export interface OpenControl extends Pick<Control, 'start' | 'close' | 'leaving' | 'taking' | 'reloadHere'> {
  /**
   * The agent has ended what it ran, but for so many attempts: says that it did what it was told, and hears no more.
   * `here`: it was stopped on its machine, so no agent comes after it.
   */
  end(unfinished: number, how: { here: boolean; refused: boolean }): Promise<AgentEnd>;
}

export async function openControl(options: OpenControlOptions): Promise<OpenControl> {
  const { stateFolder, sinkId, logger } = options;
  const file = path.join(stateFolder, 'control', `${sinkId}.json`);
  const acknowledgements = new Acknowledgements({ ...options, file });
  const sayDone = (ids: readonly Id<'signal'>[], detail: string): void => {
    for (const id of ids) acknowledgements.say({ id, state: 'done', outcome: 'done', detail });
  };
  sayDone(options.done, 'it is connected anew');
  const control = new Control({ ...options, acknowledgements });

  let connected = false;
  const following = new AbortController();
  const followed = followHub({
    ...options,
    signal: following.signal,
    onMessage: (message) => control.hear(message),
    onConnected(now) {
      connected = now;
    },
  });
  const status = (): LocalStatus => ({
    ...options.status(),
    ...{ connected, paused: control.paused, leaving: control.leaving ?? null },
  });
  const local = await openLocalServer({ stateFolder, control, logger, status });

  return {
    start: () => control.start(),
    close: () => control.close(),
    reloadHere: () => control.reloadHere(),
    get taking() {
      return control.taking;
    },
    get leaving() {
      return control.leaving;
    },
    async end(unfinished, { here, refused }) {
      const end = endOf(control, here);
      const left = unfinished === 0 ? 'nothing runs any more' : `${unfinished} events are left to their leases`;
      if (end.how !== 'reset') sayDone(control.leavingSignals, left);
      following.abort();
      await Promise.all([followed, acknowledgements.close(refused ? 0 : acknowledgeMs)]);
      local.close();
      return end;
    },
  };
}

function endOf({ leaving, leavingSignals }: Control, here: boolean): AgentEnd {
  if (leaving === 'kill' || leaving === 'force_kill') return { how: 'killed' };
  return leaving === 'reset' && !here ? { how: 'reset', signals: [...leavingSignals] } : { how: 'stopped' };
}
