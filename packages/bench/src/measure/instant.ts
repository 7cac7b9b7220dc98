/**
 * Microseconds on the system's monotonic clock (CLOCK_MONOTONIC on Linux). All processes of a machine share it, so an
 * instant of the sender and one of the receiver can be compared; `performance.now()` begins anew in every process.
 */
export const microseconds = (): number => Number(process.hrtime.bigint() / 1_000n);
