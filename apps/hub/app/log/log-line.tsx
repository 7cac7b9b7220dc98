import type { LogKind } from '@nexomatic/contracts/log-api';
import { fieldsText } from '@nexomatic/contracts/log-line-text';
import { type MouseEvent, memo } from 'react';
import type { AnsiSpan } from './ansi.ts';
import type { LogGroup } from './groups.ts';
import { type LogLine, textOf } from './to-line.ts';

/** Longer text is cut; the rest is one press away. A record of many lines, such as a traceback, may be longer. */
const maxShown = 4_096;
const maxShownLines = 32_768;
const maxPreview = 120;

const kindWords: Record<LogKind, string> = {
  ...{ debug: 'debug', info: 'info', warn: 'warn', error: 'error', stdout: 'out', stderr: 'err' },
};

export interface LineActions {
  /** Chooses a line, or with the shift key all from the one chosen before. */
  choose: (line: number, extend: boolean) => void;
  /** Folds out what is cut, and the fields of a record. */
  unfold: (line: number) => void;
  toggleGroup: (line: number) => void;
}

interface LineProps {
  number: number;
  /** Undefined while it is being read. */
  line: LogLine | undefined;
  row: number;
  time: string;
  /** It begins a group. */
  group: LogGroup | null;
  groupOpen: boolean;
  unfolded: boolean;
  marked: boolean;
  /** Found, and the place that is gone to. */
  found: 'here' | 'also' | null;
  actions: LineActions;
}

/** One line: number, time, level, text, and the fields of a structured record, folded. Its element stays while it is read. */
export const LogLineRow = memo(function LogLineRow(props: LineProps) {
  const { number, line, row, time, group, marked, found, actions } = props;
  return (
    <div
      className="log-line"
      id={`L${number}`}
      data-row={row}
      data-kind={line?.kind}
      data-note={line?.note ?? undefined}
      data-marked={marked || undefined}
      data-found={found ?? undefined}
      data-group={group ? '' : undefined}
    >
      <LineNumber number={number} choose={actions.choose} />
      <span className="log-time">{time}</span>
      <span className="log-kind">{line ? (line.note ? 'note' : kindWords[line.kind]) : null}</span>
      <span className="log-text">
        {!line ? (
          <span className="log-missing" />
        ) : group ? (
          <GroupHead {...props} group={group} />
        ) : (
          <LineText {...props} line={line} />
        )}
      </span>
    </div>
  );
});

function LineNumber({ number, choose }: { number: number; choose: LineActions['choose'] }) {
  function clicked(event: MouseEvent): void {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    choose(number, event.shiftKey);
  }
  return (
    <a className="log-number" href={`#L${number}`} tabIndex={-1} aria-label={`Line ${number}`} onClick={clicked}>
      {number}
    </a>
  );
}

function GroupHead({ group, groupOpen, actions }: LineProps & { group: LogGroup }) {
  const lines = group.end - group.line;
  return (
    <button
      type="button"
      className="log-group"
      aria-expanded={groupOpen}
      disabled={lines === 0}
      onClick={() => actions.toggleGroup(group.line)}
    >
      {group.title}{' '}
      <span className="log-group-size">
        {lines.toLocaleString('en')} {lines === 1 ? 'line' : 'lines'}
      </span>
    </button>
  );
}

function LineText({ line, unfolded, actions }: LineProps & { line: LogLine }) {
  const { spans, fields, cut, partial } = line;
  const length = spans.reduce((sum, span) => sum + span.text.length, 0);
  const limit = spans.some(({ text }) => text.includes('\n')) ? maxShownLines : maxShown;
  const long = length > limit && !unfolded;
  return (
    <>
      <Spans spans={long ? [{ text: textOf(line).slice(0, limit), className: '' }] : spans} />
      {long ? (
        <button type="button" className="log-fold" onClick={() => actions.unfold(line.number)}>
          … {(length - limit).toLocaleString('en')} more characters
        </button>
      ) : null}
      {cut > 0 && !long ? (
        <span className="log-cut">… {cut.toLocaleString('en')} more bytes are in the download</span>
      ) : null}
      {partial ? <span className="log-cut">part of this line was lost</span> : null}
      {fields ? (
        <button type="button" className="log-fold" aria-expanded={unfolded} onClick={() => actions.unfold(line.number)}>
          {unfolded ? 'fields' : preview(fields)}
        </button>
      ) : null}
      {unfolded && fields ? <Fields fields={fields} /> : null}
    </>
  );
}

function Spans({ spans }: { spans: readonly AnsiSpan[] }) {
  const [only] = spans;
  if (spans.length === 1 && only?.className === '') return only.text;
  return spans.map((span, index) => (
    <span key={index} className={span.className || undefined}>
      {span.text}
    </span>
  ));
}

function Fields({ fields }: { fields: Record<string, unknown> }) {
  return (
    <dl className="log-fields">
      {Object.entries(fields).map(([key, value]) => (
        <div key={key}>
          <dt>{key}</dt>
          <dd>{typeof value === 'string' ? value : JSON.stringify(value, null, 2)}</dd>
        </div>
      ))}
    </dl>
  );
}

/** The fields in one line, as much as fits. */
function preview(fields: Record<string, unknown>): string {
  const text = fieldsText(fields);
  return text.length > maxPreview ? `${text.slice(0, maxPreview)}…` : text;
}
