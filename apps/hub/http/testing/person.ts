import type { Problem } from '@nexomatic/contracts/error-code';
import type { Id } from '@nexomatic/contracts/id';
import type { inferRouterOutputs } from '@trpc/server';
import type { AppRouter } from '../../server/trpc/router.ts';
import { signInAs, type TestWeb } from './open-test-web.ts';

type Outputs = inferRouterOutputs<AppRouter>;

/** What the procedure of that name answers, `members.list`; unknown of one whose name is not known either. */
type OutputOf<Name extends string> = Name extends `${infer Part extends keyof Outputs}.${infer Rest}`
  ? Rest extends keyof Outputs[Part]
    ? Outputs[Part][Rest]
    : never
  : unknown;

/** What a procedure answered. */
export interface ProcedureAnswer<Output = unknown> {
  /** Its output; looking at it where the procedure refused fails the test with the words of the refusal. */
  readonly data: Output;
  /** The problem document of its refusal. */
  readonly problem?: Problem | undefined;
}

/** Somebody at their browser, on the pages of a tenant. Inputs are as a browser may send them: whatever they are. */
export interface Person {
  cookie: string;
  query<Name extends string>(name: Name, input?: unknown): Promise<ProcedureAnswer<OutputOf<Name>>>;
  mutate<Name extends string>(name: Name, input?: unknown): Promise<ProcedureAnswer<OutputOf<Name>>>;
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

async function answerOf<Output>(response: Response): Promise<ProcedureAnswer<Output>> {
  const { result, error } = (await response.json()) as {
    result?: { data: Output };
    error?: { data: { problem: Problem } };
  };
  if (result) return { data: result.data };
  const problem = error?.data.problem;
  return Object.defineProperty({ problem } as ProcedureAnswer<Output>, 'data', {
    get() {
      throw new Error(`the procedure answered ${response.status}: ${problem?.detail}`);
    },
  });
}
