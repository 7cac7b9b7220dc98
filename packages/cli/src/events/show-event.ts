import type { EventDetail } from '@nexomatic/client/nexomatic';
import { plainText } from '@nexomatic/contracts/terminal-text';
import { callHub } from '../hub/call-hub.ts';
import type { HubOptions } from '../hub/hub-options.ts';
import { printJson } from '../hub/print-json.ts';
import { printTable } from '../hub/print-table.ts';
import { eventIdOf } from './event-id.ts';
import { stateText, tookText, whyText } from './event-text.ts';

/** `nexomatic event show`. Gives the exit code. */
export const showEvent = (given: string, options: HubOptions & { json?: boolean }): Promise<number> =>
  callHub(options, async (hub) => {
    const event = await hub.events.get(eventIdOf(given));
    if (options.json) return printJson({ event });
    printTable(['EVENT', event.id], [...facts(event), ...attempts(event), ...others(event)]);
    printBody('PAYLOAD', event.payloadKept ? event.payload : null, 'is no longer kept');
    if (event.result) printBody('RESULT', event.result, '');
  });

const facts = (event: EventDetail): string[][] => [
  ['type', event.type],
  ['state', stateText(event.state)],
  ...(event.reason || event.message ? [['why', whyText(event)]] : []),
  ...(event.waiting ? [['waits', event.waiting.sentence]] : []),
  ['from', event.source ?? (event.edge ? `${event.edge} of ${event.parentId}` : `re-run of ${event.rerunOf ?? '-'}`)],
  ...(event.schedule ? [['schedule', event.schedule.name]] : []),
  ['sink', event.sink ?? '-'],
  ['created', event.createdAt],
  ...(event.startedAt ? [['started', event.startedAt]] : []),
  ...(event.finishedAt ? [['finished', `${event.finishedAt}, took ${tookText(event)}`]] : []),
];

const attempts = ({ attempts: all }: EventDetail): string[][] =>
  all.map((one) => [
    `attempt ${one.number}`,
    [`${one.state} on ${one.sink ?? '-'}`, whyText(one)].filter((word) => word !== '-').join(', '),
  ]);

/** What followed on it or repeats it. */
const others = ({ id, chain, reruns }: EventDetail): string[][] => [
  ...chain
    .filter(({ parentId }) => parentId === id)
    .map((one) => ['follow-on', `${one.id} ${one.type} ${stateText(one.state)}`]),
  ...reruns.map((one) => ['re-run', `${one.id} ${stateText(one.state)}`]),
];

function printBody(title: string, body: EventDetail['payload'] | null, gone: string): void {
  process.stdout.write(`\n${title}\n${body === null ? gone : bodyText(body)}\n`);
}

function bodyText({ text, size, contentType, truncated }: EventDetail['payload']): string {
  if (text === null) return `${size} bytes of ${contentType}`;
  return plainText(text) + (truncated ? `\n… cut; it has ${size} bytes` : '');
}
