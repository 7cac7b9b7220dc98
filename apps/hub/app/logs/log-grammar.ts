import { logKeyRule, plainLogKeys } from '@nexomatic/contracts/log-query-keys';
import type { Grammar } from '../events/suggest.ts';

/** The query of logs, for the suggestions. */
export const logGrammar: Grammar = {
  placeholder: 'level:error type:deploy.* "connection refused"',
  keys: [
    ...Object.entries(plainLogKeys).map(([key, { help }]) => ({ key, help })),
    { key: 'field.', help: 'a field of the record: field.order.id:4711' },
  ],
  ruleOf: logKeyRule,
  asTerm: null,
};
