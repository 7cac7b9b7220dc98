import type { Submission, SubmissionResult } from '@conform-to/react';
import type { Problem } from '@nexomatic/contracts/error-code';
import { data } from '@remix-run/server-runtime';

/** What a form's action answers when nothing was saved: what conform needs to keep the form as it is, and why. */
export interface FormReply {
  result: SubmissionResult<string[]>;
  problem?: Problem;
}

/**
 * Answers a form that was refused. Faults of fields that the form has go to these fields (`fieldNames`), the rest stays in the problem
 * for the banner. Without a problem the form's own schema refused it.
 */
export function refuseForm<Schema, Value>(
  submission: Submission<Schema, string[], Value>,
  problem?: Problem,
  fieldNames: readonly string[] = [],
) {
  if (!problem) return data<FormReply>({ result: submission.reply({ hideFields: secretFields }) }, { status: 422 });
  const { mine, others } = splitFaults(problem.errors ?? [], fieldNames);
  const result = submission.reply({ fieldErrors: mine, hideFields: secretFields });
  return data<FormReply>({ result, problem: { ...problem, errors: others } }, { status: problem.status });
}

/** What somebody typed in there is never sent back; nor is what was sealed, which the browser seals anew. */
const secretFields = ['password', 'current', 'credential', 'value.keyId', 'value.box'];

/** The form as it was sent, without its passwords, for pages that say by themselves why they refused it. */
export const refuseSecrets = <Schema, Value>(submission: Submission<Schema, string[], Value>) =>
  submission.reply({ hideFields: secretFields });

type Faults = NonNullable<Problem['errors']>;

/** Parts the faults that a field of the form can show from the others. A fault inside a field (`retry.limit`) is its own. */
export function splitFaults(errors: Faults, fieldNames: readonly string[]) {
  const mine: Record<string, string[]> = {};
  const others: Faults = [];
  for (const error of errors) {
    const name =
      fieldNames.find((field) => field === error.path) ??
      fieldNames.find((field) => error.path.startsWith(`${field}.`) || error.path.startsWith(`${field}[`));
    if (name === undefined) others.push(error);
    else mine[name] = [...(mine[name] ?? []), error.message];
  }
  return { mine, others };
}
