import { formatLogQuery, formatLogTerm, type LogQuery, type LogTerm } from '@nexomatic/contracts/log-query';
import type { FoundRecord } from '@nexomatic/contracts/log-search-api';
import { Link } from '@remix-run/react';
import { useEffect, useRef } from 'react';
import { ArrowRight, Minus, Plus, X } from '../components/icons.ts';
import { IdText } from '../components/id-text.tsx';
import { useKeys } from '../frame/keys.ts';
import { formatAbsolute, instantMs } from '../time/format-time.ts';
import { useZone } from '../time/now.ts';
import { LevelMark } from './level-mark.tsx';
import { type LogsAddress, logLineHref, logsHref, onlyTerm, withoutTerm } from './logs-address.ts';
import { NearLines } from './near-lines.tsx';

interface InspectorProps {
  tenant: string;
  record: FoundRecord;
  query: LogQuery;
  address: LogsAddress;
  close: () => void;
}

/** One record beside the list: what it belongs to, each fact to filter by, its fields, and the lines around it. */
export function Inspector({ tenant, record, query, address, close }: InspectorProps) {
  const zone = useZone();
  const panel = useRef<HTMLElement>(null);
  const filterTo = (next: LogQuery): string => logsHref({ live: address.live, text: formatLogQuery(next) });
  useKeys({ Escape: close });
  useEffect(() => {
    if (record && panel.current) panel.current.scrollTop = 0;
  }, [record]);
  const facts: (readonly [string, LogTerm])[] = [
    ['Type', textTerm('type', record.type)],
    ['Sink', textTerm('sink', record.sink)],
    ['Source', record.source === null ? nullTerm('source') : textTerm('source', record.source)],
    ['Channel', textTerm('channel', record.channel)],
    ['Attempt', textTerm('attempt', String(record.attempt))],
  ];
  return (
    <aside ref={panel} className="logs-inspector" aria-label="The record">
      <header>
        <LevelMark level={record.level} channel={record.channel} />
        <time dateTime={record.at}>{formatAbsolute(instantMs(record.at), zone)}</time>
        <button type="button" className="icon-button ml-auto" aria-label="Close the record" onClick={close}>
          <X size={16} aria-hidden="true" />
        </button>
      </header>
      <p className="inspector-text">{record.text}</p>
      <Link to={logLineHref(tenant, record)} className="button">
        Open the event at this line <ArrowRight size={14} aria-hidden="true" />
      </Link>
      <dl className="inspector-facts">
        <Fact name="Event" term={textTerm('event', record.event)} {...{ query, filterTo }}>
          <IdText id={record.event} label="the event’s id" />
        </Fact>
        {facts
          .filter(([, { key }]) => key !== 'channel' || record.channel !== 'marker')
          .map(([name, term]) => (
            <Fact key={name} name={name} term={term} {...{ query, filterTo }}>
              {term.value.kind === 'text' ? term.value.text : <span className="text-faint">none</span>}
            </Fact>
          ))}
        {Object.entries(record.fields ?? {}).map(([path, value]) => (
          <Fact key={path} name={path} isField term={fieldTerm(path, value)} {...{ query, filterTo }}>
            {String(value)}
          </Fact>
        ))}
      </dl>
      <NearLines tenant={tenant} record={record} />
    </aside>
  );
}

type NamedKey = 'type' | 'sink' | 'source' | 'channel' | 'attempt' | 'event';
const textTerm = (key: NamedKey, text: string): LogTerm => ({ key, negated: false, value: { kind: 'text', text } });
const nullTerm = (key: NamedKey): LogTerm => ({ key, negated: false, value: { kind: 'null' } });
const fieldTerm = (path: string, value: string | number | boolean | null): LogTerm => ({
  key: 'field',
  path,
  negated: false,
  value: value === null ? { kind: 'null' } : { kind: 'text', text: String(value) },
});

interface FactProps {
  name: string;
  isField?: boolean;
  term: LogTerm;
  query: LogQuery;
  filterTo: (query: LogQuery) => string;
  children: React.ReactNode;
}

function Fact({ name, isField = false, term, query, filterTo, children }: FactProps) {
  const word = formatLogTerm(term);
  return (
    <div>
      <dt data-field={isField || undefined}>{name}</dt>
      <dd>{children}</dd>
      <dd className="fact-filters">
        <Link
          to={filterTo(onlyTerm(query, term))}
          className="icon-button"
          aria-label={`Only ${word}`}
          title={`Only ${word}`}
        >
          <Plus size={13} aria-hidden="true" />
        </Link>
        <Link
          to={filterTo(withoutTerm(query, term))}
          className="icon-button"
          aria-label={`Not ${word}`}
          title={`Not ${word}`}
        >
          <Minus size={13} aria-hidden="true" />
        </Link>
      </dd>
    </div>
  );
}
