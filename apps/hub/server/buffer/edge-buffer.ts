import {
  type BufferStatus,
  bufferStatusAnswerSchema,
  bufferStatusPath,
  type DeadLetter,
  deadLettersAnswerSchema,
  deadLettersPath,
  settleDeadLetterAnswerSchema,
  settleDeadLetterPath,
} from '@nexomatic/contracts/edge-protocol';
import { type AskEdgeDeps, askEdge, EdgeUnreachable, hasEdge } from './ask-edge.ts';

/** What is known of the edge and of what waits there. `problem` is for people. */
export type EdgeState =
  | { state: 'none' }
  | { state: 'reachable'; sources: BufferStatus['sources'] }
  | { state: 'unreachable'; problem: string };

/** The edge in front of this hub, as far as it holds requests. */
export interface EdgeBuffer {
  /** How the edge stands; asked anew where the last answer is older than two seconds. */
  state(): Promise<EdgeState>;
  /** What was last heard, for whoever can't wait: null before the first answer. An old word is renewed in the background. */
  lastHeard(): EdgeState | null;
  deadLetters(call: { sourceKeyHash: string; limit: number; after?: string }): Promise<DeadLetter[]>;
  settle(call: { sourceKeyHash: string; ingestId: string; how: 'replay' | 'discard' }): Promise<number>;
}

const freshMs = 2_000;
const renewAfterMs = 10_000;

/** Asks the edge that the environment names. Any number of readers at once cost one call. */
export function createEdgeBuffer(deps: AskEdgeDeps): EdgeBuffer {
  const none = !hasEdge(deps.env);
  let heard: { at: number; state: EdgeState } | null = null;
  let asking: Promise<EdgeState> | null = null;

  async function ask(): Promise<EdgeState> {
    const state = await askState(deps);
    heard = { at: deps.clock.monotonic(), state };
    asking = null;
    return state;
  }

  const isFresh = (ms: number): boolean => heard !== null && deps.clock.monotonic() - heard.at < ms;

  return {
    async state() {
      if (none) return { state: 'none' };
      if (heard && isFresh(freshMs)) return heard.state;
      asking ??= ask();
      return asking;
    },
    lastHeard() {
      if (none) return { state: 'none' };
      if (!isFresh(renewAfterMs)) asking ??= ask();
      return heard?.state ?? null;
    },
    async deadLetters(call) {
      return (await askEdge(deps, deadLettersPath, call, deadLettersAnswerSchema)).deadLetters;
    },
    async settle(call) {
      const { settled } = await askEdge(deps, settleDeadLetterPath, call, settleDeadLetterAnswerSchema);
      // What was heard before is not true any more.
      heard = null;
      return settled;
    },
  };
}

async function askState(deps: AskEdgeDeps): Promise<EdgeState> {
  try {
    return { state: 'reachable', ...(await askEdge(deps, bufferStatusPath, {}, bufferStatusAnswerSchema)) };
  } catch (error) {
    // What else fails here is no less a reason why nothing is known.
    const problem = error instanceof EdgeUnreachable ? error.message : 'the call failed';
    return { state: 'unreachable', problem };
  }
}
