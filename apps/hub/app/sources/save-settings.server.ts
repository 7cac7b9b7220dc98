import type { Submission } from '@conform-to/react';
import type { Problem } from '@nexomatic/contracts/error-code';
import type { Id } from '@nexomatic/contracts/id';
import type { SourceDetail, UpdateSource } from '@nexomatic/contracts/source-api';
import type { SourceSettings } from '@nexomatic/contracts/source-settings';
import { type AppLoadContext, data } from '@remix-run/server-runtime';
import { type FormReply, refuseForm } from '../components/form/form-reply.server.ts';
import { hubCall, hubTry, notFound } from '../frame/hub-call.server.ts';

interface SettingsChange {
  context: AppLoadContext;
  id: Id<'source'>;
  /** The version that the form was filled in for, or the one that is to be saved over. */
  version: number;
  /** What the form changes; all else stays as it is saved. */
  change(
    settings: SourceSettings,
  ): Partial<Pick<UpdateSource, 'eventTypeId' | 'sniffJson'>> & { settings: SourceSettings };
}

/** What a form about a webhook's settings is answered when it was refused: also what somebody else saved meanwhile. */
export type SettingsReply = FormReply & { theirs?: SourceDetail };

/** A webhook of the tenant with its settings; sources of other kinds have no such pages. */
export async function webhookOf(context: AppLoadContext, id: Id<'source'>) {
  const source = await hubCall(context, () => context.caller.sources.get({ id }));
  if (!source.settings) throw notFound(context.requestId);
  return { source, settings: source.settings };
}

/** Saves one part of a webhook's settings and leaves the others as they are. */
export async function changeSettings({ context, id, version, change }: SettingsChange) {
  const { source, settings } = await webhookOf(context, id);
  const { name, description, eventTypeId, sniffJson } = source;
  const input = { id, version, name, description, eventTypeId, sniffJson, ...change(settings) };
  return await hubTry(context, () => context.caller.sources.update(input));
}

/** Answers a form whose settings were refused; on a conflict with what stands now. */
export async function refuseSettings<Schema, Value>(
  context: AppLoadContext,
  id: Id<'source'>,
  submission: Submission<Schema, string[], Value>,
  problem: Problem,
  fieldNames: readonly string[],
) {
  const refusal = refuseForm(submission, problem, fieldNames);
  if (problem.currentVersion === undefined) return data<SettingsReply>(refusal.data, refusal.init ?? {});
  const { done: theirs } = await hubTry(context, () => context.caller.sources.get({ id }));
  return data<SettingsReply>({ ...refusal.data, ...(theirs ? { theirs } : {}) }, refusal.init ?? {});
}
