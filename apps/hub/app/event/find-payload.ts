import { formatEventQuery } from '@nexomatic/contracts/event-query';
import { payloadTerm, textTerm } from '../events/edit-query.ts';
import { addressOf, sinceTerm } from '../events/list-address.ts';
import type { FindHref } from '../json/json-view.tsx';

/** Leads from a value of the payload to the events of the type that have the same one: only for declared search keys. */
export function findPayload(tenant: string, type: string, searchKeys: readonly string[]): FindHref {
  return (path, value) => {
    if (!searchKeys.includes(path)) return null;
    const terms = [textTerm('type', type), payloadTerm(path, value), sinceTerm('30d')];
    return `/t/${tenant}/events${addressOf({ text: formatEventQuery({ terms }) })}`;
  };
}
