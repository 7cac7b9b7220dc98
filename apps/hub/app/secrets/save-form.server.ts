import { parseWithZod } from '@conform-to/zod/v4';
import type { Id } from '@nexomatic/contracts/id';
import { type AppLoadContext, data } from '@remix-run/server-runtime';
import { refuseForm } from '../components/form/form-reply.server.ts';
import { redirectWithToast } from '../components/toast/redirect-with-toast.server.ts';
import { hubTry } from '../frame/hub-call.server.ts';
import { secretLabels } from './secret-fields.ts';
import { secretForm, secretInput } from './secret-form-schema.server.ts';

interface Save {
  request: Request;
  context: AppLoadContext;
  tenant: string;
  /** The secret that is edited; null makes one. */
  id: Id<'secret'> | null;
}

/** Saves what a form of a secret sent. Its value came sealed, or not at all, which keeps the one that there is. */
export async function saveSecretForm({ request, context, tenant, id }: Save) {
  const submission = parseWithZod(await request.formData(), { schema: secretForm });
  if (submission.status !== 'success') return refuseForm(submission);
  const { value: sent } = submission;
  const { secrets } = context.caller;
  const input = secretInput(sent);
  const version = sent.saveOver ?? sent.version;
  const { done, problem } = await hubTry(context, () =>
    id && version !== undefined
      ? secrets.update({ id, version, ...input })
      : secrets.create({ name: sent.name, endToEnd: sent.keptBy === 'sinks', ...input }),
  );
  if (done && sent.stay) return data({ made: done.name });
  if (done) {
    const said =
      sent.value || sent.sealed ? `${done.name} is sealed: version ${done.valueVersion}` : `${done.name} saved`;
    return redirectWithToast(`/t/${tenant}/secrets/${done.id}`, said);
  }
  const refusal = refuseForm(submission, problem, Object.keys(secretLabels));
  if (!id || problem.currentVersion === undefined) return refusal;
  const { done: theirs } = await hubTry(context, () => secrets.get({ id }));
  return data({ ...refusal.data, ...(theirs ? { theirs } : {}) }, refusal.init ?? {});
}
