import { memo, useState } from 'react';
import { formatClock, formatOffset, instantMs } from '../time/format-time.ts';
import { type LogLine, lineText } from './to-lines.ts';

/** Longer lines are cut; the rest is one press away. */
const maxShown = 4_096;
const maxPreview = 80;

const channelWords = { record: 'info', stdout: 'out', stderr: 'err' } as const;

interface LineProps {
  line: LogLine;
  zone: string;
  /** Start of the attempt, when times are to be shown relative to it. */
  since: number | null;
  marked: boolean;
}

/** One line: number, time, level, text, and the fields of a structured record, folded. */
export const LogLineRow = memo(function LogLineRow({ line, zone, since, marked }: LineProps) {
  const [open, setOpen] = useState(false);
  const at = instantMs(line.at);
  const kind = line.level ?? channelWords[line.channel];
  return (
    <div className="log-line" id={`L${line.number}`} data-kind={kind} data-marked={marked || undefined}>
      <a className="log-number" href={`#L${line.number}`} tabIndex={-1} aria-label={`Line ${line.number}`}>
        {line.number}
      </a>
      <span className="log-time">{since === null ? formatClock(at, zone) : formatOffset(at - since)}</span>
      <span className="log-kind">{kind}</span>
      <span className="log-text">
        <Text line={line} />
        {line.fields ? (
          <button type="button" className="log-fold" aria-expanded={open} onClick={() => setOpen(!open)}>
            {preview(line.fields)}
          </button>
        ) : null}
        {open && line.fields ? <Fields fields={line.fields} /> : null}
      </span>
    </div>
  );
});

function Text({ line }: { line: LogLine }) {
  const [whole, setWhole] = useState(false);
  const plain = line.spans.length === 1 && line.spans[0]?.className === '';
  const length = line.spans.reduce((sum, span) => sum + span.text.length, 0);
  if (length > maxShown && !whole) {
    return (
      <>
        {lineText(line).slice(0, maxShown)}
        <button type="button" className="log-fold" onClick={() => setWhole(true)}>
          … {length - maxShown} more characters
        </button>
      </>
    );
  }
  if (plain) return line.spans[0]?.text;
  return line.spans.map((span, index) => (
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
  const text = Object.entries(fields)
    .map(([key, value]) => `${key}=${typeof value === 'string' ? value : JSON.stringify(value)}`)
    .join(' ');
  return text.length > maxPreview ? `${text.slice(0, maxPreview)}…` : text;
}
