import { setTimeout as sleep } from 'node:timers/promises';
import { retryWaitMs } from '@nexomatic/client/keep-trying';
import type { Assignment } from '@nexomatic/contracts/sink-protocol';
import type { Logger } from '@nexomatic/logger';
import type { AttemptLog } from '../logs/attempt-log.ts';
import type { ModuleOutcome, ModuleRun, Runner } from '../runner/runner.ts';
import type { AskForSecrets } from './ask-for-secrets.ts';

export interface StartDeps {
  askForSecrets: AskForSecrets;
  runner: Runner;
  logger: Logger;
}

const unstarted = (why: 'hand_back' | 'lost'): ModuleOutcome => ({ state: 'ERROR', unstarted: why });

/** Starts the module of an attempt, which may read secrets, once they are there; without any that is at once. */
export function startModule(deps: StartDeps, assignment: Assignment, log: AttemptLog): ModuleRun {
  const { secrets, ...plain } = assignment;
  return secrets && secrets.length > 0 ? startWithSecrets(deps, assignment, log) : deps.runner.start(plain, log);
}

/** What is ended before its secrets came is not started at all. */
function startWithSecrets({ askForSecrets, runner, logger }: StartDeps, assignment: Assignment, log: AttemptLog) {
  const { eventId, attempt } = assignment;
  const ended = new AbortController();
  let started: ModuleRun | undefined;

  async function run(): Promise<ModuleOutcome> {
    const asked = await askForSecrets(assignment);
    if (asked.kind !== 'opened') {
      logger.warn({ eventId, attempt, outcome: asked.kind, message: asked.message }, 'secrets.not_given');
      if (asked.kind === 'lost') return unstarted('lost');
      if (asked.kind === 'refused') return { state: 'ERROR', reason: 'secret_missing', message: asked.message };
      // The next attempt comes at once: what fails each time is to fail slower each time.
      await sleep(retryWaitMs(attempt), undefined, { signal: ended.signal }).catch(() => undefined);
      return unstarted('hand_back');
    }
    try {
      if (ended.signal.aborted) return unstarted('hand_back');
      log.mask(asked.secrets.values);
      started = runner.start({ ...assignment, secrets: asked.secrets.texts }, log);
      return await started.outcome;
    } finally {
      asked.secrets.wipe();
    }
  }

  return {
    outcome: run(),
    end(how: 'gently' | 'at_once') {
      ended.abort();
      started?.end(how);
    },
  };
}
