import { type Id, isId } from '@nexomatic/contracts/id';
import type { AppLoadContext } from '@remix-run/server-runtime';
import { redirectWithToast } from '../components/toast/redirect-with-toast.server.ts';
import { hubTry, notFound } from '../frame/hub-call.server.ts';

interface Act {
  id: Id<'secret'>;
  tenant: string;
  form: FormData;
}

/** Does what a button of a secret's page asks for. */
export async function actOnSecret(context: AppLoadContext, { id, tenant, form }: Act) {
  const { secrets } = context.caller;
  if (form.get('intent') === 'roll-back') {
    const version = Number(form.get('version'));
    const { done, problem } = await hubTry(context, () => secrets.rollBack({ id, version }));
    return problem
      ? { problem }
      : redirectWithToast(`/t/${tenant}/secrets/${id}`, `${done.name} is version ${done.valueVersion} again`);
  }
  if (form.get('intent') === 'check') {
    const sink = String(form.get('sink'));
    if (!isId('sink', sink)) throw notFound(context.requestId);
    const { done, problem } = await hubTry(context, () => secrets.check({ id, sinkId: sink }));
    return problem ? { problem } : { check: done };
  }
  if (form.get('intent') === 'grant-sink' || form.get('intent') === 'take-away') {
    return changeGrant(context, id, form);
  }
  const confirmName = form.get('confirm');
  const { problem } = await hubTry(context, () =>
    secrets.delete({ id, ...(typeof confirmName === 'string' ? { confirmName } : {}) }),
  );
  return problem ? { problem } : redirectWithToast(`/t/${tenant}/secrets`, 'Secret deleted');
}

/** Grants a secret that is end-to-end to a sink by a key that was compared, or takes it away. */
async function changeGrant(context: AppLoadContext, id: Id<'secret'>, form: FormData) {
  const { secrets } = context.caller;
  const sinkId = String(form.get('sink'));
  if (!isId('sink', sinkId)) throw notFound(context.requestId);
  const { problem } = await hubTry(context, () =>
    form.get('intent') === 'grant-sink'
      ? secrets.grantSink({ id, sinkId, fingerprint: String(form.get('fingerprint')) })
      : secrets.revokeSink({ id, sinkId, confirmLoss: form.get('confirmLoss') === 'true' }),
  );
  return problem ? { problem } : {};
}
