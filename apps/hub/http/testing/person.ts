import type { Problem } from '@nexomatic/contracts/error-code';
import type { Id } from '@nexomatic/contracts/id';
import { signInAs, type TestWeb } from './open-test-web.ts';

/** What a procedure answered: its output, or the problem document of its refusal. */
export interface ProcedureAnswer {
  // biome-ignore lint/suspicious/noExplicitAny: a test says what it expects of an output
  data?: any;
  problem?: Problem;
}

/** Somebody at their browser, on the pages of a tenant. */
export interface Person {
  cookie: string;
  query(name: string, input?: unknown): Promise<ProcedureAnswer>;
  mutate(name: string, input?: unknown): Promise<ProcedureAnswer>;
}

/** Signs somebody in. */
export async function personAt(web: TestWeb, user: { id: Id<'user'> }, tenantSlug = ''): Promise<Person> {
  const cookie = await signInAs(web, user);
  const headers = { cookie, 'sec-fetch-site': 'same-origin' };
  const search = (more: Record<string, string> = {}) =>
    new URLSearchParams({ ...(tenantSlug ? { tenant: tenantSlug } : {}), ...more });
  return {
    cookie,
    async query(name, input) {
      const query = search(input === undefined ? {} : { input: JSON.stringify(input) });
      return answerOf(await web.get(`/trpc/${name}?${query}`, { headers }));
    },
    mutate: async (name, input = {}) => answerOf(await web.post(`/trpc/${name}?${search()}`, input, { headers })),
  };
}

async function answerOf(response: Response): Promise<ProcedureAnswer> {
  const { result, error } = (await response.json()) as {
    result?: { data?: unknown };
    error?: { data: { problem: Problem } };
  };
  return error ? { problem: error.data.problem } : { data: result?.data };
}
