import type { Masker } from '@nexomatic/redaction/masker';
import type { ModuleOutcome } from './runner.ts';

/** An outcome without secrets: its result stays JSON. */
export function maskOutcome(outcome: ModuleOutcome, { maskText, maskJson }: Masker): ModuleOutcome {
  const { message, resultJson } = outcome;
  return {
    ...outcome,
    ...(message === undefined ? {} : { message: maskText(message) }),
    ...(resultJson === undefined ? {} : { resultJson: maskJson(resultJson) }),
  };
}
