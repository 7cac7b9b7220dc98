import { isId } from '@nexomatic/contracts/id-form';
import type { NearLine } from '@nexomatic/contracts/log-search-api';
import type { LoaderFunctionArgs } from '@remix-run/server-runtime';
import { hubTry, notFound, requireMember } from '../frame/hub-call.server.ts';

interface Around {
  id: string;
  lines: NearLine[];
  /** They were read from the archive. */
  archived: boolean;
  /** Why there are none. */
  problem: string | null;
}

/** The lines around a record, for the panel beside the list. */
export async function loader({ request, context }: LoaderFunctionArgs): Promise<Around> {
  requireMember(context);
  const id = new URL(request.url).searchParams.get('at') ?? '';
  const [event = '', ...numbers] = id.split('.');
  const [attempt = 0, seq = 0, line = 0] = numbers.map(Number);
  if (!isId('event', event) || numbers.length !== 3) throw notFound(context.requestId);
  const { done, problem } = await hubTry(context, () => context.caller.logs.around({ event, attempt, seq, line }));
  return { id, lines: done?.lines ?? [], archived: done?.archived === true, problem: problem?.detail ?? null };
}
