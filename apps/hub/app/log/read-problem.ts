import { TRPCClientError } from '@trpc/client';

/** Why something of a log can not be read just now. */
export interface ReadProblem {
  /** In the hub's words. */
  message: string;
  /** The log is archived, and the archive does not answer; nothing is lost. */
  archive: boolean;
  /** It may go away by itself, so that trying again is of use. */
  passing: boolean;
}

/** What a failed call says, for whoever looks at the log. */
export function readProblem(error: unknown): ReadProblem {
  const { httpStatus, problem } = dataOf(error);
  const refused = httpStatus !== undefined && httpStatus < 500 && httpStatus !== 429;
  return {
    message: error instanceof Error && error.message !== '' ? error.message : 'The hub did not answer.',
    archive: problem?.code === 'archive_unavailable',
    passing: !refused,
  };
}

/** What the hub adds to each refusal; nothing where it gave no answer. */
function dataOf(error: unknown): { httpStatus?: number; problem?: { code: string } } {
  return error instanceof TRPCClientError ? (error.data ?? {}) : {};
}
