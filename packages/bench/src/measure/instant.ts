/**
 * Microseconds on the system's monotonic clock (CLOCK_MONOTONIC on Linux). All processes of a machine share it, so an
 * instant of the sender and one of the receiver can be compared; `performance.now()` begins anew in every process.
 */
export const microseconds = (): number => Number(process.hrtime.bigint() / 1_000n);

/** How long something took, in milliseconds. */
export async function millisecondsOf(work: () => Promise<unknown>): Promise<number> {
  const from = microseconds();
  await work();
  return (microseconds() - from) / 1_000;
}
