/** Exit codes of `nexomatic-sink`; the same number never means two things. */
export const exitCodes = {
  failed: 1,
  usage: 2,
  /** The configuration is wrong; nothing was started. A service manager must not try again. */
  configuration: 3,
  /** The hub doesn't accept this sink's token or keys. A service manager must not try again. */
  unauthenticated: 4,
  notFound: 5,
  conflict: 6,
  unreachable: 7,
  timedOut: 8,
  /** Of `test`: the module ended as an event in ERROR, or in WARNING, would. */
  endedInError: 9,
  endedInWarning: 10,
  /** Told by the hub to stay dead. A service manager must not try again. */
  killed: 76,
} as const;

export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes];

const words = new Map<number, string>(
  Object.entries(exitCodes).map(([name, code]) => [code, name.replace(/[A-Z]/g, (c) => `_${c.toLowerCase()}`)]),
);

/** The code as a word, for messages: `error not_found: …`. */
export const exitWord = (code: number): string => words.get(code) ?? 'failed';

/** Ends the agent. The message says what is wrong and what to do about it. */
export class AgentError extends Error {
  override name = 'AgentError';
  readonly exitCode: number;
  constructor(exitCode: number, message: string, options: { cause?: unknown } = {}) {
    super(message, options);
    this.exitCode = exitCode;
  }
}
