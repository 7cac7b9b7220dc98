import { beforeEach, vi } from 'vitest';

let lines: string[] = [];

/** Set up for every test: the Worker's log lines are for the tests that ask for them, not for the terminal. */
beforeEach(() => {
  lines = [];
  // Kept here, because in workerd `console.log` reads as another function than the spy that was put there.
  const spy = vi.spyOn(console, 'log').mockImplementation((line: string) => {
    lines.push(line);
  });
  return () => spy.mockRestore();
});

/** The lines that the Worker has logged in this test, parsed. */
export const loggedLines = (): Record<string, unknown>[] =>
  lines.map((line) => JSON.parse(line) as Record<string, unknown>);
