/** Exit codes of `nexomatic-sink`, after sysexits.h where it has one. */
export const exitCodes = {
  /** The hub doesn't accept the sink's token. */
  unauthenticated: 4,
  /** The configuration is wrong; nothing was started. */
  configuration: 78,
} as const;

/** Ends the agent. The message says what is wrong and what to do about it. */
export class AgentError extends Error {
  override name = 'AgentError';
  readonly exitCode: number;
  constructor(exitCode: number, message: string, options: { cause?: unknown } = {}) {
    super(message, options);
    this.exitCode = exitCode;
  }
}
