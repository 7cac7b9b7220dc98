import { UsageError } from '../hub/usage-error.ts';
import { askOpenly } from '../secrets/ask.ts';

const done = { fire: 'fired', release: 'released', discard: 'discarded' };

/** Comes back once somebody has agreed to do that to so many runs: by `--yes`, or else at the terminal. */
export async function agreeTo(verb: keyof typeof done, what: string, yes: boolean, others = ''): Promise<void> {
  if (yes) process.stderr.write(`${verb}s ${what}\n`);
  else if (!process.stdin.isTTY) {
    throw new UsageError(`it would ${verb} ${what}; there is no terminal to ask at, give --yes${others}`);
  } else if ((await askOpenly(`${verb.replace(/^./, (first) => first.toUpperCase())} ${what}? Type yes: `)) !== 'yes') {
    throw new UsageError(`nothing was ${done[verb]}`);
  }
}
