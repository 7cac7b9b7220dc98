const mostBytes = 32 * 1024 * 1024;
const mostMs = 2_000;
const pauseMs = 100;

/**
 * Takes in and throws away what a sender is still sending, for a little while, before it is answered that it sent too
 * much. A connection that is closed under a sender's hands loses the answer: workerd takes 64 KiB after it and then
 * resets. One that pauses is not in the midst of sending, and needs no more waiting.
 */
export async function letFinish(reader: ReadableStreamDefaultReader<Uint8Array>): Promise<void> {
  const enough = Promise.withResolvers<null>();
  const deadline = setTimeout(enough.resolve, mostMs, null);
  try {
    for (let bytes = 0; bytes < mostBytes; ) {
      const pause = setTimeout(enough.resolve, pauseMs, null);
      const next = await Promise.race([reader.read(), enough.promise]);
      clearTimeout(pause);
      if (next === null || next.done) return;
      bytes += next.value.byteLength;
    }
  } finally {
    clearTimeout(deadline);
  }
}
