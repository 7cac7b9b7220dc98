import type { SinkSummary } from '@nexomatic/contracts/sink-api';
import { callHub } from '../hub/call-hub.ts';
import type { HubOptions } from '../hub/hub-options.ts';
import { printJson } from '../hub/print-json.ts';
import { printTable } from '../hub/print-table.ts';
import { everySink, findSink } from './find-sink.ts';

type Shown = HubOptions & { json?: boolean };

/** `nexomatic sink list`. Gives the exit code. */
export const listSinks = ({ type, ...options }: Shown & { type?: string }): Promise<number> =>
  callHub(options, async (hub) => {
    const sinks = await everySink(hub, type === undefined ? {} : { type });
    if (options.json) return printJson({ sinks });
    printTable(
      ['NAME', 'STATUS', 'TYPE', 'BUSY', 'WAITING', 'LAST SEEN', 'VERSION'],
      sinks.map((one) => [
        ...[one.name, statusOf(one), one.type.name, `${one.running} of ${one.slots}`, String(one.waiting)],
        ...[one.lastSeenAt ?? 'never', one.version ?? '-'],
      ]),
    );
  });

/** `nexomatic sink show`. Gives the exit code. */
export const showSink = (nameOrId: string, options: Shown): Promise<number> =>
  callHub(options, async (hub) => {
    const { id } = await findSink(hub, nameOrId);
    const sink = await hub.api.sinks.get.query({ id });
    const { transitions } = await hub.api.sinks.transitions.query({ sinkId: id, limit: 5 });
    if (options.json) return printJson({ sink, transitions });
    const labels = Object.entries(sink.labels).map(([key, value]) => `${key}=${value}`);
    printTable(
      ['NAME', sink.name],
      [
        ['id', sink.id],
        ['status', statusOf(sink)],
        ['type', `${sink.type.name} (${sink.type.runtime.toLowerCase()})`],
        ['host', [sink.hostname, sink.platform].filter(Boolean).join(', ') || '-'],
        ['agent', [sink.version, sink.transport].filter(Boolean).join(', ') || '-'],
        ['let in by', sink.credential],
        ['labels', labels.join(' ') || '-'],
        ['slots', `${sink.running} busy of ${sink.slots}`],
        ['last seen', sink.lastSeenAt ?? 'never'],
        ...sink.runningEvents.map((event) => ['runs', `${event.id} ${event.type} since ${event.startedAt}`]),
        ...transitions.map((one) => [
          'history',
          `${one.lastAt} ${one.cause}${one.times > 1 ? ` (${one.times}x)` : ''}`,
        ]),
      ],
    );
  });

const statusOf = ({ status, presence }: SinkSummary): string => {
  const word = status.toLowerCase().replaceAll('_', ' ');
  return status === 'PAUSED' && presence === null ? `${word}, not there` : word;
};
