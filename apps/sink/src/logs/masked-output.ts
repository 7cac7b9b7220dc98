import type { MaskStream } from '@nexomatic/redaction/mask-stream';

/** What is held back as the possible beginning of a secret is shown if nothing follows for this long. */
const idleAfterMs = 200;

/** One channel of a process' output on its way to the log, without secrets. */
export class MaskedOutput {
  readonly #stream: MaskStream;
  readonly #write: (bytes: Uint8Array) => void;
  #timer: NodeJS.Timeout | undefined;

  constructor(stream: MaskStream, write: (bytes: Uint8Array) => void) {
    this.#stream = stream;
    this.#write = write;
  }

  /** What of the output may be written now; the rest is written when it is known, or when nothing follows. */
  push(bytes: Uint8Array): Uint8Array {
    const safe = this.#stream.push(bytes);
    clearTimeout(this.#timer);
    if (this.#stream.holding) this.#timer = setTimeout(() => this.#give(this.#stream.idle()), idleAfterMs);
    return safe;
  }

  /** Nothing comes any more. */
  end(): void {
    clearTimeout(this.#timer);
    this.#give(this.#stream.end());
  }

  #give(bytes: Uint8Array): void {
    if (bytes.length > 0) this.#write(bytes);
  }
}
