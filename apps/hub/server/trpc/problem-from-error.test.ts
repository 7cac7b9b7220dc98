import { type ErrorCode, errorCodes, NexomaticError } from '@nexomatic/contracts/error-code';
import { TRPCError } from '@trpc/server';
import { getHTTPStatusCodeFromError } from '@trpc/server/http';
import { describe, expect, test } from 'vitest';
import * as z from 'zod';
import { problemFromError, trpcCodeOf } from './problem-from-error.ts';

/** Of statuses that tRPC has no name for: webhooks alone are answered the one, and HTTP answers the other by itself. */
const withoutName: ErrorCode[] = ['header_too_large', 'agent_version'];
const codes = (Object.keys(errorCodes) as ErrorCode[]).filter((code) => !withoutName.includes(code));

test.each(codes)('%s has the same status in tRPC and in the table of errors', (code) => {
  expect(getHTTPStatusCodeFromError(new TRPCError({ code: trpcCodeOf(code) }))).toBe(errorCodes[code].status);
});

describe('what a caller is told', () => {
  test('of a refusal is its code, its message and its faults', () => {
    const errors = [{ path: 'type', message: 'no event type has this name' }];
    const refusal = new NexomaticError('not_found', 'There is no event type x here.', { errors });
    const told = {
      type: '/errors/not_found',
      status: 404,
      code: 'not_found',
      detail: refusal.message,
      requestId: 'req_1',
      errors,
    };
    expect(problemFromError(refusal, 'req_1')).toMatchObject(told);
    expect(problemFromError(new TRPCError({ code: 'INTERNAL_SERVER_ERROR', cause: refusal }), 'req_1')).toMatchObject(
      told,
    );
  });

  test('of an input that does not fit is every field with its fault', () => {
    const { error } = z
      .object({ state: z.array(z.enum(['A'])), limit: z.int() })
      .safeParse({ state: ['A', 'B'], limit: 'x' });
    expect(problemFromError(new TRPCError({ code: 'BAD_REQUEST', cause: error }), 'req_1')).toMatchObject({
      code: 'bad_request',
      errors: [{ path: 'state[1]' }, { path: 'limit' }],
    });
  });

  test.each([new Error('password=hunter2'), new TypeError('x is undefined'), 'hunter2', null, new z.ZodError([])])(
    'of a fault of the hub itself (%s) is nothing but the id to ask by',
    (error) => {
      const problem = problemFromError(error, 'req_1');
      expect(problem).toMatchObject({ code: 'internal', status: 500, detail: expect.stringContaining('req_1') });
      expect(JSON.stringify(problem)).not.toMatch(/hunter2|undefined/);
    },
  );

  test('of an output that breaks its own schema is no fault of theirs', () => {
    const cause = z.string().safeParse(1).error;
    expect(problemFromError(new TRPCError({ code: 'INTERNAL_SERVER_ERROR', cause }), 'req_1').code).toBe('internal');
  });

  test('of a database that is gone is to come again', () => {
    const gone = Object.assign(new Error('connect ECONNREFUSED 10.0.0.1:3306'), { code: 'ECONNREFUSED' });
    const problem = problemFromError(new TRPCError({ code: 'INTERNAL_SERVER_ERROR', cause: gone }), 'req_1');
    expect(problem).toMatchObject({ code: 'unavailable', status: 503 });
    expect(problem.detail).not.toContain('10.0.0.1');
  });
});
