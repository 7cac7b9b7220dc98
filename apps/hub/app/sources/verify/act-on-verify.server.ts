import { parseWithZod } from '@conform-to/zod/v4';
import { type Id, idSchema } from '@nexomatic/contracts/id';
import type { AppLoadContext } from '@remix-run/server-runtime';
import { z } from 'zod';
import { refuseForm } from '../../components/form/form-reply.server.ts';
import { redirectWithToast } from '../../components/toast/redirect-with-toast.server.ts';
import { hubTry } from '../../frame/hub-call.server.ts';
import { changeSettings, refuseSettings } from '../save-settings.server.ts';
import { chosenVerification, verifyFieldNames, verifyForm } from './verify-form-schema.server.ts';

interface Sent {
  id: Id<'source'>;
  tenant: string;
  form: FormData;
}

const sentSecret = z.discriminatedUnion('intent', [
  z.object({
    intent: z.literal('add-secret'),
    how: z.enum(['make', 'given']),
    secret: z.string().default(''),
    retireOthersAfterHours: z.string().default('24'),
  }),
  z.object({ intent: z.literal('retire-secret'), secret: idSchema('sourceSecret'), hours: z.coerce.number() }),
  z.object({ intent: z.literal('revoke-secret'), secret: idSchema('sourceSecret') }),
]);

/** Does what a form of the tab Verify asks for. */
export async function actOnVerify(context: AppLoadContext, sent: Sent) {
  return sent.form.get('intent') === 'save' ? await save(context, sent) : await actOnSecret(context, sent);
}

async function save(context: AppLoadContext, { id, tenant, form }: Sent) {
  const submission = parseWithZod(form, { schema: verifyForm });
  if (submission.status !== 'success') return refuseForm(submission);
  const { version, saveOver, settings } = submission.value;
  const { done, problem } = await changeSettings({
    context,
    id,
    version: saveOver ?? version,
    change: (now) => ({
      settings: {
        ...now,
        verification: chosenVerification(settings),
        allowedAddresses: settings.allowedAddresses,
        handshakes: settings.handshakes,
      },
    }),
  });
  if (problem) return await refuseSettings(context, id, submission, problem, verifyFieldNames);
  const [warning] = done.warnings;
  return redirectWithToast(`/t/${tenant}/sources/${id}/verify`, `Saved${warning ? `; ${warning.message}` : ''}`);
}

async function actOnSecret(context: AppLoadContext, { id, tenant, form }: Sent) {
  const sent = sentSecret.parse(Object.fromEntries(form));
  const { sourceSecrets } = context.caller;
  const here = `/t/${tenant}/sources/${id}/verify`;
  switch (sent.intent) {
    case 'add-secret': {
      const hours = sent.retireOthersAfterHours;
      const { done, problem } = await hubTry(context, () =>
        sourceSecrets.add({
          source: id,
          ...(sent.how === 'given' ? { value: sent.secret } : {}),
          retireOthersAfterHours: hours === '' ? null : Number(hours),
        }),
      );
      return problem ? { problem } : { added: { value: done.value, warnings: done.warnings } };
    }
    case 'retire-secret': {
      const { secret, hours } = sent;
      const { problem } = await hubTry(context, () =>
        sourceSecrets.retire({ source: id, id: secret, afterHours: hours }),
      );
      return problem ? { problem } : redirectWithToast(here, 'The secret retires');
    }
    case 'revoke-secret': {
      const { problem } = await hubTry(context, () => sourceSecrets.revoke({ source: id, id: sent.secret }));
      return problem ? { problem } : redirectWithToast(here, 'Secret revoked');
    }
    default:
      return sent satisfies never;
  }
}
