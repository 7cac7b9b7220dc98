import { spawn } from 'node:child_process';

/** Runs a command at a terminal, and types a line there each time its prompt is shown. */
export async function typeAtTerminal(
  command: string[],
  env: Record<string, string | undefined>,
  answers: Record<string, string>,
): Promise<{ shown: string; code: number | null }> {
  const terminal = 'import pty, sys; sys.exit(pty.spawn(sys.argv[1:]) >> 8)';
  const child = spawn('python3', ['-c', terminal, ...command], { env });
  const left = new Map(Object.entries(answers));
  let shown = '';
  child.stdout.setEncoding('utf8').on('data', (piece: string) => {
    shown += piece;
    for (const [prompt, answer] of left) {
      if (!shown.includes(prompt)) continue;
      left.delete(prompt);
      child.stdin.write(`${answer}\r`);
    }
  });
  const code = await new Promise<number | null>((resolve) => child.once('close', resolve));
  return { shown, code };
}
