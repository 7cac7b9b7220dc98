import { createInterface } from 'node:readline/promises';
import { Writable } from 'node:stream';
import { UsageError } from '../hub/usage-error.ts';

/** Ctrl-C at a prompt ends the command as a signal would. */
const interrupted = 130;

/** Asks at the terminal, and shows nothing of the answers. */
export const askHidden = (questions: string[]): Promise<string[]> =>
  ask(questions, new Writable({ write: (_chunk, _encoding, done) => done() }));

/** Asks at the terminal for a word or two. */
export async function askOpenly(question: string): Promise<string> {
  const [answer = ''] = await ask([question], process.stderr);
  return answer;
}

/** One reader for all questions: the terminal shows nothing between them either, and no line that comes early is lost. */
async function ask(questions: string[], output: NodeJS.WritableStream): Promise<string[]> {
  const reader = createInterface({ input: process.stdin, output, terminal: true });
  reader.on('SIGINT', () => {
    process.stderr.write('\n');
    process.exit(interrupted);
  });
  const lines = reader[Symbol.asyncIterator]();
  const answers: string[] = [];
  try {
    for (const question of questions) {
      process.stderr.write(question);
      const line = await lines.next();
      if (output !== process.stderr) process.stderr.write('\n');
      if (line.done) throw new UsageError('nothing was typed');
      answers.push(line.value);
    }
    return answers;
  } finally {
    reader.close();
  }
}
