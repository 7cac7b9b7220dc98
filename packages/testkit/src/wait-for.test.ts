import { expect, test } from 'vitest';
import { WaitTimeoutError, waitFor } from './wait-for.ts';

test('the first value that is something is returned', async () => {
  const answers = [false, null, undefined, 0, 'never asked for'];
  expect(await waitFor(() => answers.shift(), { what: 'a value', everyMs: 1 })).toBe(0);
  expect(answers).toEqual(['never asked for']);
});

test('a condition that throws is asked again', async () => {
  let asked = 0;
  const condition = async () => {
    asked += 1;
    if (asked < 3) throw new Error('not up yet');
    return 'up';
  };
  expect(await waitFor(condition, { what: 'the server', everyMs: 1 })).toBe('up');
});

test('a condition that is never met is named, with the time and the last answer', async () => {
  await expect(waitFor(() => null, { what: 'the moon', timeoutMs: 20, everyMs: 1 })).rejects.toThrow(
    new WaitTimeoutError('waited 0.02 s for the moon; at the end it was null'),
  );
});

test('a condition that only throws gives its error as the cause', async () => {
  const cause = new Error('refused');
  const waiting = waitFor(() => Promise.reject(cause), { what: 'the port', timeoutMs: 20, everyMs: 1 });
  await expect(waiting).rejects.toMatchObject({
    message: 'waited 0.02 s for the port; at the end it threw "refused"',
    cause,
  });
});
