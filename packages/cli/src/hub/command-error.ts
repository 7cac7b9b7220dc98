/** What ends a command with a code of its own, in words that say what happened. */
export class CommandError extends Error {
  override name = 'CommandError';
  readonly code: string;
  readonly exitCode: number;
  constructor(code: string, message: string, exitCode: number) {
    super(message);
    this.code = code;
    this.exitCode = exitCode;
  }
}
