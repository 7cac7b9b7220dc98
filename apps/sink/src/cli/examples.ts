/** The first thing that the help of a command shows. */
export const examples = (...lines: string[]): string =>
  `Examples:\n${lines.map((line) => `  nexomatic-sink ${line}\n`).join('')}`;
