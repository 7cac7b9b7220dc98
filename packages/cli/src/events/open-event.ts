import { spawn } from 'node:child_process';
import { callHub } from '../hub/call-hub.ts';
import type { HubOptions } from '../hub/hub-options.ts';
import { findProgram } from '../infrastructure/find-program.ts';
import { eventIdOf } from './event-id.ts';

/** `nexomatic event open`: prints the address of its page, and shows it in a browser where there is one. Gives the exit code. */
export const openEvent = (given: string, options: HubOptions & { print?: boolean }): Promise<number> =>
  callHub(options, async (hub, url) => {
    const { id } = await hub.events.get(eventIdOf(given));
    const address = new URL(`/go/${id}`, url).href;
    process.stdout.write(`${address}\n`);
    if (!options.print) await show(address);
  });

async function show(address: string): Promise<void> {
  const [program, ...words] = opener();
  if (program === undefined) {
    process.stderr.write('there is no program here that opens addresses\n');
    return;
  }
  const child = spawn(program, [...words, address], { stdio: 'ignore', detached: true });
  await new Promise<void>((resolve, reject) => child.once('spawn', resolve).once('error', reject));
  child.unref();
}

/** What this system opens addresses with. None of them reads the address as a command: it holds an id alone behind the hub's own. */
function opener(): [string | undefined, ...string[]] {
  if (process.platform === 'win32') return [findProgram('rundll32'), 'url.dll,FileProtocolHandler'];
  return [findProgram(process.platform === 'darwin' ? 'open' : 'xdg-open')];
}
