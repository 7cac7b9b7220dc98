import { NexomaticError, type Problem } from '@nexomatic/contracts/error-code';

/** The error that a problem document of the hub stands for. */
export function fromProblem(
  { code, detail, errors, currentVersion, references, sealKey, sealSinks }: Problem,
  cause?: unknown,
): NexomaticError {
  return new NexomaticError(code, detail, {
    ...(cause === undefined ? {} : { cause }),
    ...(errors ? { errors } : {}),
    ...(currentVersion === undefined ? {} : { currentVersion }),
    ...(references ? { references } : {}),
    ...(sealKey ? { sealKey } : {}),
    ...(sealSinks ? { sealSinks } : {}),
  });
}

/** The refusal itself instead of the framework's error around it; what is none (no network) stays as it is. */
export async function told<T>(call: Promise<T>): Promise<T> {
  try {
    return await call;
  } catch (error) {
    const problem = (error as { data?: { problem?: Problem } } | null)?.data?.problem;
    throw problem ? fromProblem(problem, error) : error;
  }
}
