/** Why a text is no JSON, without the piece of it that V8 quotes: cut out of a secret, it could not be told for one. */
export function whyNoJson(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  return message.replace(/, (?:\.\.\.)?".*is not valid JSON$/s, '');
}
