/** Questions that the harness may ask one of its child processes, by name; they travel as plain JSON. */
export type Calls<C> = { [Name in keyof C]: { input: unknown; output: unknown } };

interface Question {
  id: number;
  name: string;
  input: unknown;
}

export type Reply = { id: number; ok: true; output: unknown } | { id: number; ok: false; message: string };

type Handlers<C extends Calls<C>> = { [Name in keyof C]: (input: C[Name]['input']) => Promise<C[Name]['output']> };

/**
 * The child's side: answers each question, and ends the process once `close` has settled when the harness lets go of it
 * or is gone itself, so that no child outlives a harness that was killed.
 */
export function answerCalls<C extends Calls<C>>(handlers: Handlers<C>, close: () => Promise<void>): void {
  // A terminal's Ctrl-C reaches every process of the group; the harness decides who ends when.
  process.on('SIGINT', () => undefined);
  process.on('disconnect', () => {
    close().then(
      () => process.exit(0),
      () => process.exit(1),
    );
  });
  process.on('message', ({ id, name, input }: Question) => {
    handlers[name as keyof C](input).then(
      (output) => send({ id, ok: true, output }),
      (error: unknown) => send({ id, ok: false, message: error instanceof Error ? error.message : String(error) }),
    );
  });
  send({ id: 0, ok: true, output: null });
}

function send(reply: Reply): void {
  if (process.connected) process.send?.(reply);
}

/** What the harness gave this child to start with. */
export const childSettings = <Settings>(): Settings => JSON.parse(process.argv[2] ?? 'null') as Settings;
