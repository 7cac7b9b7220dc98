import type { QueryValue } from '@nexomatic/contracts/event-query-value';
import { useEffect, useState } from 'react';
import { ChevronDown } from '../components/icons.ts';
import { formatZoned, fromLocal, toLocal } from '../time/local-time.ts';
import { useZone } from '../time/now.ts';
import { defaultSince } from './list-address.ts';
import { spanWords } from './span-words.ts';

/** A term that bounds the time, the same in queries of events and of logs. */
export interface TimeTerm {
  key: 'since' | 'from' | 'to';
  negated: false;
  value: { kind: 'text'; text: string };
}

export const timeTerm = (key: TimeTerm['key'], text: string): TimeTerm => ({
  key,
  negated: false,
  value: { kind: 'text', text },
});

type SomeTerms = readonly { key: string; value: QueryValue }[];

interface TimeRangeProps {
  /** Those of the query. */
  times: SomeTerms;
  go: (times: TimeTerm[]) => void;
  /** What the range is about: created, written. */
  done: string;
}

/** How far back the list reaches, or between which times of the viewer's zone. */
export function TimeRange({ times, go, done }: TimeRangeProps) {
  const zone = useZone();
  const since = textOf(times, 'since');
  const bounded = textOf(times, 'from') !== null || textOf(times, 'to') !== null;
  const [custom, setCustom] = useState(bounded);
  useEffect(() => setCustom(bounded), [bounded]);
  const span = since ?? defaultSince;
  return (
    <>
      <label className="select">
        <span className="sr-only">{done} within</span>
        <select
          value={custom ? 'custom' : span}
          onChange={({ target }) => {
            if (target.value === 'custom') setCustom(true);
            else go([timeTerm('since', target.value)]);
          }}
        >
          {Object.entries(spanWords).map(([value, word]) => (
            <option key={value} value={value}>
              {value === 'all' ? 'Any time' : `Last ${word}`}
            </option>
          ))}
          {span in spanWords ? null : <option value={span}>Last {span}</option>}
          <option value="custom">Between…</option>
        </select>
        <ChevronDown size={14} aria-hidden="true" />
      </label>
      {custom ? <Bounds key={zone} times={times} zone={zone} done={done} apply={go} /> : null}
    </>
  );
}

interface BoundsProps {
  times: SomeTerms;
  zone: string;
  done: string;
  apply: (times: TimeTerm[]) => void;
}

function Bounds({ times, zone, done, apply }: BoundsProps) {
  const local = (key: string): string => {
    const text = textOf(times, key);
    return text === null ? '' : toLocal(Date.parse(text), zone);
  };
  const [bounds, setBounds] = useState({ from: local('from'), to: local('to') });
  const backwards = bounds.from !== '' && bounds.to !== '' && bounds.from >= bounds.to;
  function submit(): void {
    const next = (['from', 'to'] as const).flatMap((name) => {
      const at = fromLocal(bounds[name], zone);
      return Number.isNaN(at) ? [] : [timeTerm(name, formatZoned(at, zone))];
    });
    if (next.length > 0 && !backwards) apply(next);
  }
  return (
    <fieldset className="time-bounds">
      <legend className="sr-only">{done} between</legend>
      {(['from', 'to'] as const).map((name) => (
        <label key={name} className="field">
          <span className="text-muted text-xs">{name === 'from' ? 'From' : 'To'}</span>
          <input
            type="datetime-local"
            value={bounds[name]}
            aria-invalid={(name === 'to' && backwards) || undefined}
            onChange={({ target }) => setBounds({ ...bounds, [name]: target.value })}
            onKeyDown={(event) => {
              if (event.key !== 'Enter') return;
              event.preventDefault();
              submit();
            }}
          />
        </label>
      ))}
      <span className="text-faint text-xs">{zone}</span>
      <button type="button" className="button" onClick={submit} disabled={backwards}>
        Set the range
      </button>
      {backwards ? <span className="text-xs text-error">It ends before it begins.</span> : null}
    </fieldset>
  );
}

function textOf(times: SomeTerms, key: string): string | null {
  const value = times.find((term) => term.key === key)?.value;
  return value?.kind === 'text' ? value.text : null;
}
