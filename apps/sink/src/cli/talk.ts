/** Where a command's words go: results to stdout, so that they can be piped; everything else to stderr. */
export interface Talk {
  /** The result: as JSON where that was asked for, else as the text. */
  result(text: string, document: unknown): void;
  /** What is said beside the result; nothing when quiet. */
  say(text: string): void;
}

export const createTalk = ({ json = false, quiet = false }: { json?: boolean; quiet?: boolean }): Talk => ({
  result: (text, document) => void process.stdout.write(`${json ? JSON.stringify(document, null, 2) : text}\n`),
  say: (text) => void (quiet || process.stderr.write(`${text}\n`)),
});
