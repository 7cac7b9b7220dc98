/** What stands in the status when Azure, or the way there, does not answer as hoped. */
const words: Record<number, string> = {
  401: 'Azure does not accept the credential',
  403: 'The credential may not receive here; it needs the role EventGrid Data Receiver',
  404: 'There is no such topic or subscription in the namespace',
  429: 'Azure asks for fewer requests',
};

const networkWords: Record<string, string> = {
  ENOTFOUND: 'No machine has the host name of the namespace',
  ECONNREFUSED: 'The namespace does not take connections',
  ECONNRESET: 'The connection was cut',
  ETIMEDOUT: 'The namespace does not answer',
};

const maxLength = 300;

/** A sentence for people, with what the other side said. It holds no credential: neither Azure nor its library repeats one. */
export function explainFailure(error: unknown): string {
  const { message, code, statusCode } = factsOf(error);
  const ours = (statusCode === undefined ? undefined : words[statusCode]) ?? (code ? networkWords[code] : undefined);
  const number = statusCode === undefined ? '' : ` (${statusCode})`;
  const said = message.replace(/\s+/g, ' ').trim();
  if (!ours) return `${said || 'The call failed'}${number}`.slice(0, maxLength);
  return `${ours}${number}${said ? `: ${said}` : '.'}`.slice(0, maxLength);
}

function factsOf(error: unknown): { message: string; code?: string; statusCode?: number } {
  if (!(error instanceof Error)) return { message: String(error) };
  return {
    message: error.message,
    ...('code' in error && typeof error.code === 'string' ? { code: error.code } : {}),
    ...('statusCode' in error && typeof error.statusCode === 'number' ? { statusCode: error.statusCode } : {}),
  };
}
