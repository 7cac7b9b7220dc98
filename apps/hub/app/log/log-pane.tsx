import type { RefObject } from 'react';
import type { LogGroup } from './groups.ts';
import { type TimeStyle, timeOf } from './line-times.ts';
import { type LineActions, LogLineRow, MissingLine } from './log-line.tsx';
import type { LogStore } from './log-store.ts';
import type { Rows } from './rows.ts';
import type { LineRange } from './use-line-range.ts';
import type { useWindow } from './use-window.ts';

interface PaneProps {
  pane: RefObject<HTMLElement>;
  store: LogStore;
  rows: Rows;
  /** Which rows are in the page, where not all are. */
  view: ReturnType<typeof useWindow>;
  windowed: boolean;
  wrap: boolean;
  time: { style: TimeStyle; zone: string; startedAt: number | null };
  groups: { byLine: ReadonlyMap<number, LogGroup>; isOpen: (group: LogGroup) => boolean } | null;
  unfolded: ReadonlySet<number>;
  /** A line that was gone to. */
  marked: number;
  range: LineRange | null;
  found: ReadonlySet<number>;
  foundHere: number;
  actions: LineActions;
  children: React.ReactNode;
}

/** The lines: all of them as plain text, so that the browser finds and copies in them, or of very many those that are seen. */
export function LogPane(props: PaneProps) {
  const { pane, rows, view, windowed, wrap, children } = props;
  const lines: React.ReactNode[] = [];
  for (let row = view.first; row < view.end; row++) lines.push(<Row key={rows.lineAt(row)} {...props} row={row} />);
  return (
    <section
      ref={pane}
      className="log"
      data-wrap={wrap}
      data-windowed={windowed}
      data-digits={rows.lineAt(rows.count - 1) > 9_999 ? 'long' : undefined}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: a pane that scrolls has to be reachable by keyboard
      tabIndex={0}
      aria-label="Log lines"
    >
      {windowed ? (
        <div className="log-all" style={{ height: view.height }}>
          <div className="log-seen" style={{ transform: `translateY(${view.offset}px)` }}>
            {lines}
          </div>
        </div>
      ) : (
        lines
      )}
      {children}
    </section>
  );
}

function Row({
  row,
  store,
  rows,
  time,
  groups,
  unfolded,
  marked,
  range,
  found,
  foundHere,
  actions,
}: PaneProps & { row: number }) {
  const number = rows.lineAt(row);
  const line = store.line(number);
  if (!line) return <MissingLine number={number} row={row} />;
  const group = groups?.byLine.get(number) ?? null;
  const before = time.style === 'before' ? store.line(rows.lineAt(row - 1)) : undefined;
  return (
    <LogLineRow
      line={line}
      row={row}
      time={timeOf(line, { ...time, before })}
      group={group}
      groupOpen={group !== null && groups?.isOpen(group) === true}
      unfolded={unfolded.has(number)}
      marked={number === marked || (range !== null && number >= range.from && number <= range.to)}
      found={number === foundHere ? 'here' : found.has(number) ? 'also' : null}
      actions={actions}
    />
  );
}
