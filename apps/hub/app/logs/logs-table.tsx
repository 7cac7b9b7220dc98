import { formatLogQuery, type LogQuery } from '@nexomatic/contracts/log-query';
import type { FoundRecord } from '@nexomatic/contracts/log-search-api';
import { Link, useNavigate } from '@remix-run/react';
import { type MouseEvent, memo, useRef } from 'react';
import { Archive } from '../components/icons.ts';
import { shortId } from '../components/id-text.tsx';
import { useRowKeys } from '../components/table/use-row-keys.ts';
import { formatAbsolute, formatClock, formatDayMinute, instantMs } from '../time/format-time.ts';
import { useZone } from '../time/now.ts';
import { LevelMark } from './level-mark.tsx';
import { type LogsAddress, logsHref, recordId } from './logs-address.ts';
import { MarkedText, marksOf } from './marked-text.tsx';

interface LogsTableProps {
  records: readonly FoundRecord[];
  address: LogsAddress;
  query: LogQuery;
  busy: boolean;
}

/** Records of all events, newest first. A row opens beside the list; on narrow screens rows become cards. */
export function LogsTable({ records, address, query, busy }: LogsTableProps) {
  const body = useRef<HTMLTableSectionElement>(null);
  const navigate = useNavigate();
  const marks = marksOf(query);
  useRowKeys(body);
  const { text, cursor, live } = address;

  /** The whole row can be pressed, unless somebody selects text in it. */
  function pressed({ target }: MouseEvent): void {
    if (!(target instanceof Element) || target.closest('a') || !window.getSelection()?.isCollapsed) return;
    const id = target.closest('tr')?.dataset.id;
    if (id)
      navigate(logsHref({ text, cursor, live, row: id }), { preventScrollReset: true, replace: address.row !== '' });
  }

  return (
    <table className="logs-table" aria-busy={busy}>
      <caption className="sr-only">Log records, newest first</caption>
      <thead>
        <tr>
          <th scope="col">Time</th>
          <th scope="col">Level</th>
          <th scope="col">Event</th>
          <th scope="col">Type</th>
          <th scope="col">Sink</th>
          <th scope="col">Message</th>
        </tr>
      </thead>
      {/* biome-ignore lint/a11y/useKeyWithClickEvents: the link in each row takes the keys */}
      <tbody ref={body} onClick={pressed}>
        {records.map((record) => {
          const id = recordId(record);
          return (
            <Row
              key={id}
              id={id}
              record={record}
              marks={marks}
              open={id === address.row}
              to={logsHref({ text, cursor, live, row: id })}
              replace={address.row !== ''}
              eventTo={logsHref({ text: formatLogQuery({ terms: [eventTerm(record.event)] }), live })}
            />
          );
        })}
      </tbody>
    </table>
  );
}

const eventTerm = (text: string) => ({ key: 'event', negated: false, value: { kind: 'text', text } }) as const;

interface RowProps {
  id: string;
  record: FoundRecord;
  marks: readonly string[];
  open: boolean;
  to: string;
  replace: boolean;
  eventTo: string;
}

const Row = memo(
  function Row({ id, record, marks, open, to, replace, eventTo }: RowProps) {
    const zone = useZone();
    const at = instantMs(record.at);
    return (
      <tr data-id={id} data-level={record.level ?? 'none'} data-open={open || undefined}>
        <td className="cell-time" title={formatAbsolute(at, zone)}>
          <span className="cell-day">{formatDayMinute(at, zone).replace(/,? ?\d\d:\d\d$/, '')}</span>{' '}
          {formatClock(at, zone)}
          {record.archived ? <FromArchive /> : null}
        </td>
        <td className="cell-level">
          <LevelMark level={record.level} channel={record.channel} />
        </td>
        <td className="cell-event">
          <Link to={eventTo} title="Only lines of this event" discover="none">
            {shortId(record.event)}
          </Link>
        </td>
        <td className="cell-type">{record.type}</td>
        <td className="cell-sink">{record.sink}</td>
        <td className="cell-message">
          <Link
            to={to}
            replace={replace}
            preventScrollReset
            discover="none"
            className="row-link"
            aria-current={open || undefined}
          >
            <MarkedText text={record.text} marks={marks} />
          </Link>
          {record.fields ? <Fields fields={record.fields} /> : null}
        </td>
      </tr>
    );
  },
  (before, after) =>
    before.id === after.id &&
    before.to === after.to &&
    before.open === after.open &&
    before.replace === after.replace &&
    before.record.archived === after.record.archived,
);

const FromArchive = () => (
  <span className="cell-archived" title="From the archive">
    <Archive size={12} aria-hidden="true" />
    <span className="sr-only">from the archive</span>
  </span>
);

/** The fields behind the message, as much as fits. */
function Fields({ fields }: { fields: NonNullable<FoundRecord['fields']> }) {
  return (
    <span className="cell-fields">
      {Object.entries(fields).map(([key, value]) => (
        <span key={key}>
          {' '}
          <span className="field-key">{key}=</span>
          {String(value)}
        </span>
      ))}
    </span>
  );
}
