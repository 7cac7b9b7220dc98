import { spawn } from 'node:child_process';

/**
 * Servers run in process groups of their own, so neither Ctrl-C nor the death of the test run reaches them. This leaves
 * a shell that waits on a pipe from us: when the pipe closes, because we ended in whatever way, it ends the servers and
 * removes their folder. The returned function calls the shell off, once they were stopped in the ordinary way.
 */
export function endWithUs(pids: number[], folder: string): () => void {
  const guard = spawn(
    '/bin/sh',
    [
      '-c',
      'cat >/dev/null; folder=$1; shift; kill -9 "$@" 2>/dev/null; rm -rf "$folder"',
      'guard',
      folder,
      ...pids.map(String),
    ],
    { detached: true, stdio: ['pipe', 'ignore', 'ignore'] },
  );
  guard.unref();
  return () => {
    guard.kill('SIGKILL');
  };
}
