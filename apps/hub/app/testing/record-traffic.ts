import type { Page } from '@nexomatic/testkit/browser';

/** Everything that a page sends and is answered from now on. */
export function recordTraffic(page: Page) {
  const sent: string[] = [];
  const answers: Promise<string>[] = [];
  page.on('request', (request) => {
    sent.push(`${request.url()}\n${request.postDataBuffer()?.toString('latin1') ?? ''}`);
  });
  page.on('response', (response) => {
    // A stream has no end, a redirect no body, and a page that was left takes its answers along.
    if (!response.headers()['content-type']?.includes('event-stream')) answers.push(response.text().catch(() => ''));
  });
  return { all: async () => ({ sent, answers: await Promise.all(answers) }) };
}

/** A value as it is, and in the forms that are read back at once. */
export const formsOf = (value: string): string[] => [
  value,
  encodeURIComponent(value),
  btoa(value).replace(/=+$/, ''),
  Buffer.from(value).toString('hex'),
];

/** The values that a text holds, in whatever form. */
export const leaksOf = (text: string, values: readonly string[]): string[] =>
  values.filter((value) => formsOf(value).some((form) => text.includes(form)));
