/** What a fire form says, for doing the same from elsewhere. */
export interface FireDraft {
  type: string;
  payloadJson: string;
  sink: string;
  delaySeconds: string;
}

const forShell = (text: string): string => `'${text.replaceAll("'", `'\\''`)}'`;

/** The same as a command for a shell and as a call of the typed client. */
export function asProgram(draft: FireDraft, hubUrl: string): { curl: string; typescript: string } {
  const { type, payloadJson, sink, delaySeconds } = draft;
  const payload = payloadJson.trim() || 'null';
  const delay = Number(delaySeconds);
  const options: [string, string][] = [];
  if (sink) options.push(['sink', JSON.stringify(sink)]);
  if (delay > 0) options.push(['delaySeconds', String(delay)]);
  const members: [string, string][] = [['type', JSON.stringify(type)], ['payload', payload], ...options];
  const body = `{${members.map(([name, value]) => `"${name}": ${value}`).join(', ')}}`;
  const call =
    options.length === 0
      ? `hub.fire(${JSON.stringify(type)}, ${payload})`
      : `hub.api.events.fire.mutate({ ${members.map(([name, value]) => `${name}: ${value}`).join(', ')} })`;
  return {
    curl: [
      `curl ${hubUrl}/api/v1/events \\`,
      '  -H "authorization: Bearer $NEXOMATIC_TOKEN" \\',
      "  -H 'content-type: application/json' \\",
      `  -d ${forShell(body)}`,
    ].join('\n'),
    typescript: [
      "import { createNexomatic } from '@nexomatic/client/nexomatic';",
      '',
      `const hub = createNexomatic({ url: '${hubUrl}', token: process.env.NEXOMATIC_TOKEN ?? '' });`,
      `const event = await ${call};`,
    ].join('\n'),
  };
}
