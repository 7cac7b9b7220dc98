import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const program = fileURLToPath(new URL('../main.ts', import.meta.url));

/** What a command said, and how it ended. */
export interface Said {
  code: number;
  stdout: string;
  stderr: string;
}

/** Runs `nexomatic-sink` with these arguments, and nothing else of this process's environment but PATH. */
export function callCli(args: string[], environment: Record<string, string> = {}, file = program): Promise<Said> {
  return new Promise((resolve) => {
    const options = { env: { PATH: '/usr/bin:/bin', HOME: '/nonexistent', ...environment }, timeout: 60_000 };
    execFile(process.execPath, [file, ...args], options, (error, stdout, stderr) => {
      const code = error ? (typeof error.code === 'number' ? error.code : -1) : 0;
      resolve({ code, stdout, stderr });
    });
  });
}
