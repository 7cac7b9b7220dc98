import { problem } from '@nexomatic/contracts/error-code';
import { may, type Permission } from '@nexomatic/contracts/permission';
import { type AppLoadContext, data } from '@remix-run/server-runtime';
import type { z } from 'zod';
import { notFound, requireMember } from './hub-call.server.ts';

/** For pages with nothing but a form: whoever could not save it is told before filling it in. */
export function requirePermission(context: AppLoadContext, permission: Permission) {
  const found = requireMember(context);
  const { role } = found.member;
  if (may(role, permission)) return found;
  const detail = `Your role here (${role}) does not hold ${permission}. Somebody who manages the members can change that.`;
  throw data(problem('forbidden', detail, { requestId: context.requestId }), { status: 403 });
}

/** The object that the address names; what is no id of its kind is an address of nothing. */
export function refOf<Ref>(
  context: AppLoadContext,
  schema: z.ZodType<Ref>,
  { id }: Readonly<Record<string, string | undefined>>,
): Ref {
  const parsed = schema.safeParse({ id });
  if (!parsed.success) throw notFound(context.requestId);
  return parsed.data;
}
