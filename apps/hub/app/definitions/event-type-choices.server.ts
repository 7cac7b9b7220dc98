import type { SourceKind } from '@nexomatic/contracts/definition-api';
import type { AppLoadContext } from '@remix-run/server-runtime';
import type { Choice } from '../components/form/combobox-field.tsx';
import { hubCall } from '../frame/hub-call.server.ts';
import { kindWords } from '../sources/source-kinds.tsx';

const pageSize = 200;
/** A list to pick from that is longer helps nobody; the rest is reached by the API. */
const maxPages = 5;

/** The event types of the tenant by name, to pick one from; those that this kind of source may not fire say so. */
export async function eventTypeChoices(context: AppLoadContext, firedBy?: SourceKind): Promise<Choice[]> {
  const choices: Choice[] = [];
  let cursor: string | undefined;
  for (let page = 0; page < maxPages; page++) {
    const input = { limit: pageSize, ...(cursor === undefined ? {} : { cursor }) };
    const { eventTypes, nextCursor } = await hubCall(context, () => context.caller.eventTypes.list(input));
    for (const { id, name, enabled, sourceKind } of eventTypes) {
      const refuses = firedBy !== undefined && sourceKind !== null && sourceKind !== firedBy;
      const hint = enabled
        ? refuses
          ? `only fired by ${kindWords[sourceKind].word.toLowerCase()}`
          : null
        : 'disabled';
      choices.push({ value: id, label: name, ...(hint === null ? {} : { hint }) });
    }
    if (nextCursor === null) break;
    cursor = nextCursor;
  }
  return choices;
}
