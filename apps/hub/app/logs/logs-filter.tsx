import { formatLogQuery, formatLogTerm, parseLogQuery } from '@nexomatic/contracts/log-query';
import { Form, useNavigate } from '@remix-run/react';
import { FilterFaults } from '../events/filter-faults.tsx';
import { FilterText } from '../events/filter-text.tsx';
import { QueryChips } from '../events/query-chips.tsx';
import { TimeRange } from '../events/time-range.tsx';
import { useQueryDraft } from '../events/use-query-draft.ts';
import { logGrammar } from './log-grammar.ts';
import { type LogsAddress, logQueryOf, logsHref, logTimes, withLogTime } from './logs-address.ts';

interface LogsFilterProps {
  address: LogsAddress;
  /** What the hub says of a query that it can't answer. */
  refusal: string | null;
}

/** The query as text, as chips and as a range of time: three views of the address, which is all it changes. */
export function LogsFilter({ address, refusal }: LogsFilterProps) {
  const navigate = useNavigate();
  const { text, live } = address;
  const query = logQueryOf(text);
  const times = logTimes(query);
  const go = (to: typeof query): void =>
    navigate(logsHref({ text: formatLogQuery(to), live }), { preventScrollReset: true });

  const { draft, faults, select, apply, input } = useQueryDraft({ text, parse: parseLogQuery, onApply: go });

  return (
    <Form method="get" className="filters" onSubmit={apply} role="search" aria-label="Search the logs">
      <FilterText grammar={logGrammar} {...input} />
      <TimeRange times={times} go={(next) => go(withLogTime(query, next))} done="Written" />
      <FilterFaults text={draft} faults={faults} refusal={refusal} select={select} />
      <QueryChips
        chips={query.terms.flatMap((term, index) =>
          times.includes(term)
            ? []
            : [
                {
                  text: formatLogTerm(term),
                  at: formatLogQuery({ terms: query.terms.slice(0, index) }).length + Number(index > 0),
                  negated: term.negated,
                  look: term.key === 'level' && term.value.kind === 'text' ? `level-${term.value.text}` : '',
                  dropTo: logsHref({ text: formatLogQuery({ terms: query.terms.toSpliced(index, 1) }), live }),
                },
              ],
        )}
        clearTo={logsHref({ text: formatLogQuery({ terms: times }), live })}
        select={select}
      />
    </Form>
  );
}
