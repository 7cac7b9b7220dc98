import { parseWithZod } from '@conform-to/zod/v4';
import type { Id } from '@nexomatic/contracts/id';
import type { AppLoadContext } from '@remix-run/server-runtime';
import { z } from 'zod';
import { refuseForm } from '../components/form/form-reply.server.ts';
import { redirectWithToast } from '../components/toast/redirect-with-toast.server.ts';
import { hubTry } from '../frame/hub-call.server.ts';

const secretForm = z.object({
  name: z.string('Give it a name.'),
  description: z.string().default(''),
  version: z.number().optional(),
});

interface Save {
  request: Request;
  context: AppLoadContext;
  tenant: string;
  /** The secret that is edited; null names one. */
  id: Id<'secret'> | null;
}

/** Saves what a form of a secret sent. */
export async function saveSecretForm({ request, context, tenant, id }: Save) {
  const submission = parseWithZod(await request.formData(), { schema: secretForm });
  if (submission.status !== 'success') return refuseForm(submission);
  const { name, description, version } = submission.value;
  const { secrets } = context.caller;
  const { done, problem } = await hubTry(context, async () => {
    if (!id || version === undefined) return secrets.create({ name, description });
    const { labels, expiresAt, grants } = await secrets.get({ id });
    return secrets.update({ id, version, description, labels, expiresAt, grants });
  });
  if (problem) return refuseForm(submission, problem, Object.keys(secretForm.shape));
  return redirectWithToast(`/t/${tenant}/secrets/${done.id}`, id ? 'Secret saved' : 'Secret named');
}
