import type { RefObject } from 'react';
import type { LogGroup } from './groups.ts';
import { type TimeStyle, timeOf } from './line-times.ts';
import { type LineActions, LogLineRow } from './log-line.tsx';
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
  const row = (at: number) => <Row key={rows.lineAt(at)} {...props} row={at} />;
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
            {Array.from({ length: view.end - view.first }, (_, index) => row(view.first + index))}
          </div>
        </div>
      ) : (
        blocksOf(rows).map(({ block, first, end }) => (
          <div key={block}>{Array.from({ length: end - first }, (_, index) => row(first + index))}</div>
        ))
      )}
      {children}
    </section>
  );
}

/** Lines of one block. */
const blockLines = 100;

/**
 * All rows by blocks of lines. What watches the page looks through the whole parent of each element that is added: thousands
 * of lines in one parent take it half a minute, in blocks it is not felt.
 */
function blocksOf(rows: Rows): { block: number; first: number; end: number }[] {
  const blocks: { block: number; first: number; end: number }[] = [];
  for (let row = 0; row < rows.count; row++) {
    const block = Math.floor((rows.lineAt(row) - 1) / blockLines);
    const last = blocks.at(-1);
    if (last?.block === block) last.end = row + 1;
    else blocks.push({ block, first: row, end: row + 1 });
  }
  return blocks;
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
  const group = groups?.byLine.get(number) ?? null;
  const before = time.style === 'before' ? store.line(rows.lineAt(row - 1)) : undefined;
  return (
    <LogLineRow
      {...{ number, line, row }}
      time={line ? timeOf(line, { ...time, before }) : ''}
      group={group}
      groupOpen={group !== null && groups?.isOpen(group) === true}
      unfolded={unfolded.has(number)}
      marked={number === marked || (range !== null && number >= range.from && number <= range.to)}
      found={number === foundHere ? 'here' : found.has(number) ? 'also' : null}
      actions={actions}
    />
  );
}
