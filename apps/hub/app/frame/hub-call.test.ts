import { NexomaticError } from '@nexomatic/contracts/error-code';
import type { AppLoadContext } from '@remix-run/server-runtime';
import { initTRPC } from '@trpc/server';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { hubTry } from './hub-call.server.ts';

const context = { requestId: 'req-1', path: '/t/demo/events?state=ERROR' } as AppLoadContext;
const refuse = (error: Error) => hubTry(context, () => Promise.reject(error));

test('a change that was made is given back', async () => {
  expect(await hubTry(context, async () => 4)).toEqual({ done: 4 });
});

test('a refusal becomes a problem with its fields, what refers to the thing, and the request’s id', async () => {
  const references = [{ id: 'act_1', name: 'greet' }];
  const error = new NexomaticError('conflict', 'It is in use.', {
    errors: [{ path: 'name', message: 'Taken.' }],
    references,
  });
  const { problem } = await refuse(error);
  expect(problem).toMatchObject({
    code: 'conflict',
    status: 409,
    detail: 'It is in use.',
    requestId: 'req-1',
    errors: [{ path: 'name', message: 'Taken.' }],
    references,
  });
});

test('what the schema of a call refuses stands at the fields that it is about', async () => {
  const router = initTRPC.create();
  const save = router.procedure
    .input(z.object({ name: z.string(), parameters: z.array(z.object({ key: z.string().min(1, 'Too short.') })) }))
    .mutation(() => null);
  const caller = router.createCallerFactory(router.router({ save }))({});
  const { problem } = await hubTry(context, () => caller.save({ name: 'x', parameters: [{ key: '' }] }));
  expect(problem).toMatchObject({
    code: 'bad_request',
    detail: 'Something in it does not fit; nothing was saved.',
    errors: [{ path: 'parameters[0].key', message: 'Too short.' }],
  });
});

test('somebody whose session has ended is sent to sign in, and from there back', async () => {
  const answer = await refuse(new NexomaticError('unauthenticated', 'No session.')).catch((thrown: unknown) => thrown);
  expect(answer).toBeInstanceOf(Response);
  expect((answer as Response).headers.get('location')).toBe('/login?next=%2Ft%2Fdemo%2Fevents%3Fstate%3DERROR');
});

test('what nobody foresaw is thrown on', async () => {
  await expect(refuse(new Error('broken'))).rejects.toThrow('broken');
});
