import { isId } from '@nexomatic/contracts/id';
import type { ActionFunctionArgs } from '@remix-run/server-runtime';
import { redirectWithToast } from '../components/toast/redirect-with-toast.server.ts';
import { addressOf } from '../events/list-address.ts';
import { hubTry, notFound, requireMember } from '../frame/hub-call.server.ts';

/** Makes, changes and deletes saved views of the events list. */
export async function action({ request, params, context }: ActionFunctionArgs) {
  requireMember(context);
  const { caller } = context;
  const form = await request.formData();
  const text = (name: string): string => String(form.get(name) ?? '');
  const list = `/t/${params.tenant}/events`;
  const id = text('id');
  const fields = {
    name: text('name'),
    query: text('query'),
    columns: text('columns').split(',').filter(Boolean),
    shared: text('shared') === 'on',
  };
  const intent = text('intent');
  if (intent === 'create') {
    const { done, problem } = await hubTry(context, () => caller.views.create(fields));
    return problem
      ? { problem }
      : redirectWithToast(`${list}${addressOf({ text: done.query, view: done.id })}`, `Saved “${done.name}”`);
  }
  if (!isId('savedView', id)) throw notFound(context.requestId);
  if (intent === 'delete') {
    const { problem } = await hubTry(context, () => caller.views.delete({ id }));
    return problem ? { problem } : redirectWithToast(list, 'The view was deleted');
  }
  if (intent !== 'update') throw notFound(context.requestId);
  const version = Number(text('version'));
  const { done, problem } = await hubTry(context, () => caller.views.update({ id, version, ...fields }));
  return problem
    ? { problem }
    : redirectWithToast(`${list}${addressOf({ text: done.query, view: done.id })}`, `Saved “${done.name}”`);
}
