import {
  type EdgeSettingsAnswer,
  edgeSettingsAnswerSchema,
  edgeSettingsPath,
} from '@nexomatic/contracts/edge-protocol';
import { callHub, type HubCallDeps } from '../call-hub.ts';

/** Asks the hub for a source's settings; `known` is the version at hand, empty for none. */
export type AskHub = (sourceKeyHash: string, known: string) => Promise<EdgeSettingsAnswer>;

/** As long as handing on a request may take: neither is worth more of a sender's patience. */
const timeoutMs = 1_500;

/** The hub's settings door, over HTTP. */
export const createAskHub =
  (deps: HubCallDeps): AskHub =>
  async (sourceKeyHash, known) =>
    edgeSettingsAnswerSchema.parse(await callHub(deps, edgeSettingsPath, { sourceKeyHash, known }, timeoutMs));
