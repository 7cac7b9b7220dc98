import type { EventState } from '@nexomatic/contracts/event-state';
import type { Id } from '@nexomatic/contracts/id';
import { type KeyboardEvent, useEffect, useMemo, useRef, useState } from 'react';
import { ArrowDown } from '../components/icons.ts';
import { useKeys } from '../frame/keys.ts';
import { rememberStep } from '../overview/remember-step.ts';
import { instantMs } from '../time/format-time.ts';
import { useZone } from '../time/now.ts';
import { ChosenLines } from './chosen-lines.tsx';
import { EmptyLog } from './empty-log.tsx';
import { FindBar } from './find-bar.tsx';
import { LogPane } from './log-pane.tsx';
import { type LogLook, LogToolbar } from './log-toolbar.tsx';
import { textOf } from './to-line.ts';
import { UnreadableLines } from './unreadable.tsx';
import { useEscape } from './use-escape.ts';
import { useFind } from './use-find.ts';
import { useFollow } from './use-follow.ts';
import { useHighlights } from './use-highlights.ts';
import { useKeepPlace } from './use-keep-place.ts';
import { useLineActions } from './use-line-actions.ts';
import { rangeOfAddress, useLineRange } from './use-line-range.ts';
import { type Opening, useLog } from './use-log.ts';
import { useMarked } from './use-marked.ts';
import { useReveal } from './use-reveal.ts';
import { useShownRows } from './use-shown-rows.ts';
import { useWanted } from './use-wanted.ts';
import { useWindow } from './use-window.ts';

interface LogViewProps {
  tenant: string;
  eventId: Id<'event'>;
  /** Undefined: the latest, or the first once there is one. */
  attempt: number | undefined;
  state: EventState;
  startedAt: string | null;
  /** It is known to stand in the archive. */
  archived: boolean;
  /** Address of the whole log as a file. */
  fileUrl: string | null;
}

/** An attempt's log while it is written and afterwards: structured records and output, merged. */
export function LogView({ tenant, eventId, attempt, state, startedAt, archived, fileUrl }: LogViewProps) {
  const { store, state: log, client, openAgain } = useLog(tenant, eventId, attempt, () => openingOf(state));
  const zone = useZone();
  useEffect(() => rememberStep('log'), []);
  const pane = useRef<HTMLElement>(null);
  const [look, setLook] = useState<LogLook>({ wrap: true, time: 'clock', full: false });
  const [range, setRange] = useLineRange(({ from }) => reveal(from));
  const shared = { client, id: eventId, store, state: log };
  const { rows, filter, setFilter, filtered, groups, whole, windowed } = useShownRows({ ...shared, range });
  const measuredOf = useMemo(() => [filter, groups.isOpen, look.wrap], [filter, groups.isOpen, look.wrap]);
  const view = useWindow({ pane, count: rows.count, on: windowed, of: measuredOf });
  // A group that is folded out makes more rows, and nothing new.
  const length = filtered.lines ? rows.count : log.total;
  const { following, unseen, follow, stay } = useFollow(pane, length, state === 'RUNNING' || state === 'QUEUED');
  const scrolled = useKeepPlace({ pane, rows, view, windowed, following });
  const bring = useReveal({ pane, rows, topOf: windowed ? view.topOf : null, scrolled });
  const readAgain = useWanted({ store, rows, view, windowed, filtered: filtered.lines !== null, total: log.total });

  /** Whether the line is among those that are shown. */
  function reveal(line: number): boolean {
    if (filtered.lines && rows.rowOf(line) === -1) return false;
    groups.openFor(line);
    stay();
    bring(line);
    return true;
  }

  const { marked, nextError } = useMarked({ ...shared, range, failed: state === 'ERROR', reveal, setRange });
  useKeys({ f: () => void nextError() });
  const seenLine = (): number => (windowed ? rows.lineAt(view.seen.first) : 1);
  const { actions, unfolded } = useLineActions({ range, setRange, toggleGroup: groups.toggle });
  const find = useFind({ client, id: eventId, state: log, reveal, seen: seenLine });
  const found = useMemo(() => new Set(find.search.lines), [find.search.lines]);
  useHighlights(pane, find.open ? find.query : null);
  useEscape(look.full && !find.open, () => setLook({ ...look, full: false }));

  const problem = log.problem ?? log.unread;
  const tryNow = log.problem ? openAgain : readAgain;

  function closeFind(): void {
    find.setOpen(false);
    pane.current?.focus();
  }

  function pressed(event: KeyboardEvent): void {
    if (event.key !== 'f' || !(event.ctrlKey || event.metaKey) || event.shiftKey || event.altKey) return;
    // Whoever presses it once more means the browser's own.
    if (event.target instanceof HTMLInputElement && event.target.closest('.log-find')) return;
    event.preventDefault();
    find.setOpen(true);
  }

  function textShown(): string {
    const lines = Array.from({ length: rows.count }, (_, row) => store.line(rows.lineAt(row)));
    return lines.flatMap((line) => (line ? [textOf(line)] : [])).join('\n');
  }

  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: Ctrl F is for everything in it
    <div className="log-view" data-full={look.full || undefined} onKeyDown={pressed}>
      <LogToolbar
        {...{ look, filter, setFilter, state: log, fileUrl }}
        setLook={(change) => setLook({ ...look, ...change })}
        nextError={() => void nextError()}
        openFind={() => find.setOpen(true)}
        copy={whole ? textShown : null}
      />
      {find.open ? <FindBar find={find} close={closeFind} /> : null}
      {problem && rows.count > 0 ? <UnreadableLines problem={problem} tryNow={tryNow} /> : null}
      <div className="log-body">
        <LogPane
          {...{ pane, store, rows, view, windowed, unfolded, marked, range, found, actions }}
          wrap={look.wrap}
          time={{ style: look.time, zone, startedAt: startedAt === null ? null : instantMs(startedAt) }}
          groups={filtered.lines ? null : groups}
          foundHere={find.current}
        >
          {filtered.more ? (
            <p className="log-note">These are the first {rows.count.toLocaleString('en')} of them.</p>
          ) : null}
          {rows.count === 0 ? (
            <EmptyLog
              {...{
                log,
                state,
                archived,
                tryNow,
                filtered: filtered.lines ? { ...filtered, lines: filtered.lines } : null,
              }}
              clear={() => setFilter({ kinds: [], text: '' })}
            />
          ) : null}
        </LogPane>
        {unseen > 0 ? (
          <button type="button" className="log-unseen" onClick={follow}>
            <ArrowDown size={14} aria-hidden="true" />
            {unseen.toLocaleString('en')} new
          </button>
        ) : null}
        {range ? <ChosenLines range={range} store={store} clear={() => setRange(null)} /> : null}
      </div>
    </div>
  );
}

/** At the line that the address names; at the end while it runs, at the first error when it failed, at the top otherwise. */
function openingOf(state: EventState): Opening {
  const range = rangeOfAddress();
  if (range) return { around: range.from };
  const place = new URLSearchParams(location.search).get('at');
  if (place !== null && /^\d{1,9}\.\d{1,9}$/.test(place)) return { place };
  return { at: state === 'RUNNING' ? 'end' : state === 'ERROR' ? 'error' : 'start' };
}
