import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { HubError } from '@nexomatic/client/hub-error';
import { newId } from '@nexomatic/contracts/id';
import type { Acknowledgement } from '@nexomatic/contracts/signal-api';
import { silentLogger } from '@nexomatic/logger';
import { waitFor } from '@nexomatic/testkit/wait-for';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { Acknowledgements } from './acknowledgements.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'nexomatic-acknowledgements-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** A hub that is away until `answer` says otherwise. */
function open(answer: () => void) {
  const heard: string[] = [];
  const acknowledgements = new Acknowledgements({
    hub: {
      async acknowledge(said) {
        answer();
        heard.push(...said.map(({ id, state }) => `${id} ${state}`));
      },
    },
    file: path.join(folder, 'left.json'),
    logger: silentLogger,
    onFailure: () => undefined,
  });
  return { acknowledgements, heard };
}
const away = (): never => {
  throw new HubError('retryable', 'acknowledge: no answer in time');
};
const here = (): void => undefined;
const done = (): Acknowledgement => ({ id: newId('signal'), state: 'done', outcome: 'done', detail: '' });

it('goes on until the hub has heard, in order', async () => {
  let tries = 0;
  const { acknowledgements, heard } = open(() => {
    tries += 1;
    if (tries < 3) away();
  });
  const one = done();
  acknowledgements.say({ id: one.id, state: 'received' });
  acknowledgements.say(one);
  await waitFor(() => heard.length === 2, { what: 'the hub to hear' });
  expect(heard).toEqual([`${one.id} received`, `${one.id} done`]);
  await acknowledgements.close(0);
});

it('leaves what was done, and the hub could not hear, to the next agent, which knows that it was done', async () => {
  const first = open(away);
  const [one, two] = [done(), done()];
  first.acknowledgements.say({ id: two.id, state: 'received' });
  first.acknowledgements.say(one);
  await first.acknowledgements.close(20);
  const next = open(here);
  expect([...next.acknowledgements.done]).toEqual([one.id]);
  await waitFor(() => next.heard.length === 1, { what: 'the hub to hear' });
  await next.acknowledgements.close(0);
  expect(open(here).acknowledgements.done.size).toBe(0);
});

it('gives up what the hub refuses for good, and begins without a file that makes no sense', async () => {
  writeFileSync(path.join(folder, 'left.json'), '{');
  const { acknowledgements } = open(() => {
    throw new HubError('rejected', 'acknowledge: the hub answered 400');
  });
  acknowledgements.say(done());
  await acknowledgements.close(5_000);
  expect(() => readFileSync(path.join(folder, 'left.json'))).toThrow('ENOENT');
});
