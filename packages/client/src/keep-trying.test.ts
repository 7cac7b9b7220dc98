import { TRPCClientError } from '@trpc/client';
import { describe, expect, it } from 'vitest';
import { HubError, toHubError } from './hub-error.ts';
import { keepTrying, retryWaitMs } from './keep-trying.ts';
import { splitByWeight } from './split-by-weight.ts';

const options = { call: 'claim', stop: new AbortController().signal, onRetry: () => undefined };
const answered = (httpStatus: number): TRPCClientError<never> =>
  TRPCClientError.from({ error: { code: -32000, message: 'no', data: { httpStatus } } } as never);

describe('a call that is kept being tried', () => {
  it('is repeated after a network failure until it succeeds', async () => {
    const seen: string[] = [];
    const attempt = async (number: number): Promise<number> => {
      if (number < 3) throw new TypeError('fetch failed', { cause: new Error('connect ECONNREFUSED') });
      return number;
    };
    expect(await keepTrying(attempt, { ...options, onRetry: (error) => seen.push(error.message) })).toBe(3);
    expect(seen).toEqual(['claim: connect ECONNREFUSED', 'claim: connect ECONNREFUSED']);
  });

  it('is not repeated when the hub refuses it for good', async () => {
    let tries = 0;
    const attempt = async (): Promise<never> => {
      tries += 1;
      throw answered(422);
    };
    await expect(keepTrying(attempt, options)).rejects.toMatchObject({ kind: 'rejected', status: 422 });
    expect(tries).toBe(1);
  });

  it('gives up at once when it is told to stop while it waits', async () => {
    const stopping = new AbortController();
    const attempt = async (): Promise<never> => {
      throw answered(503);
    };
    const call = keepTrying(attempt, { ...options, stop: stopping.signal, onRetry: () => stopping.abort() });
    await expect(call).rejects.toMatchObject({ kind: 'gave_up' });
  });

  it('waits twice as long after each failure, up to 5 s, and a random half less', () => {
    const longest = [1, 2, 3, 4, 5, 6, 7, 50].map((failures) => retryWaitMs(failures, { random: () => 1 }));
    expect(longest).toEqual([100, 200, 400, 800, 1_600, 3_200, 5_000, 5_000]);
    expect(retryWaitMs(7, { random: () => 0 })).toBe(2_500);
  });
});

describe('the kind of an error', () => {
  it.each([
    [401, 'unauthenticated'],
    [403, 'rejected'],
    [413, 'rejected'],
    [422, 'rejected'],
    [408, 'retryable'],
    [429, 'retryable'],
    [500, 'retryable'],
    [503, 'retryable'],
  ] as const)('follows from the status %i', (status, kind) => {
    expect(toHubError('record', answered(status))).toMatchObject({
      kind,
      status,
      message: `record: the hub answered ${status} (no)`,
    });
  });

  it('is retryable while the tenant is suspended, because it may be resumed', () => {
    const data = { httpStatus: 403, problem: { code: 'tenant_suspended' } };
    const error = TRPCClientError.from({ error: { code: -32003, message: 'stopped', data } } as never);
    expect(toHubError('claim', error)).toMatchObject({ kind: 'retryable', status: 403 });
  });

  it('is retryable when there was no answer in time', () => {
    const error = toHubError('renew', new DOMException('The operation was aborted', 'TimeoutError'));
    expect(error).toEqual(new HubError('retryable', 'renew: no answer in time'));
  });
});

describe('splitting by weight', () => {
  it('keeps the order, fills runs up to the weight, and leaves a heavy item by itself', () => {
    expect(splitByWeight([3, 4, 5, 20, 1, 1], (item) => item, 8)).toEqual([[3, 4], [5], [20], [1, 1]]);
    expect(splitByWeight([], () => 1, 8)).toEqual([]);
  });
});
