import { findPython, type Python } from '@nexomatic/sink/runner/find-python';
import { StepError } from '../steps.mjs';

/** The interpreter that a sink started from here would take: the configured one, or one that it finds by itself. */
export async function pythonHere(configured: string | undefined): Promise<Python> {
  try {
    return await findPython(configured);
  } catch (error) {
    throw new StepError(`The demo sink runs Python modules: ${error instanceof Error ? error.message : error}`);
  }
}

/** Whether there is one without any setting. */
export async function pythonIsHere(): Promise<boolean> {
  return findPython(undefined).then(
    () => true,
    () => false,
  );
}
