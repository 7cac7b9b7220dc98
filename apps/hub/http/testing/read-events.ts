/** One server-sent event. */
export interface ServerSentEvent {
  event: string;
  id: string | null;
  data: unknown;
}

/** The server-sent events of an answer, as they arrive; ends when the answer does. A reader that stops hangs up. */
export async function* readEvents(response: Response): AsyncGenerator<ServerSentEvent, void, void> {
  const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
  let text = '';
  try {
    for (;;) {
      const { done = true, value } = (await reader?.read()) ?? {};
      if (done) return;
      text += value;
      const blocks = text.split('\n\n');
      text = blocks.pop() ?? '';
      yield* blocks.map(parseBlock).filter((parsed) => parsed !== null);
    }
  } finally {
    await reader?.cancel();
  }
}

function parseBlock(block: string): ServerSentEvent | null {
  const fields = new Map(block.split('\n').map((line) => [line.slice(0, line.indexOf(':')), valueOfLine(line)]));
  const data = fields.get('data');
  if (data === undefined) return null;
  return {
    event: fields.get('event') ?? 'message',
    id: fields.get('id') ?? null,
    data: data === '' ? null : JSON.parse(data),
  };
}

const valueOfLine = (line: string): string => line.slice(line.indexOf(':') + 1).trim();
