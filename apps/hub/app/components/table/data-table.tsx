import { Link } from '@remix-run/react';
import { type ReactNode, useRef } from 'react';
import { ColumnMenu } from './column-menu.tsx';
import { cellClass, type TableColumn } from './table-column.ts';
import { useDataTable } from './use-data-table.ts';
import { useRowKeys } from './use-row-keys.ts';

interface DataTableProps<Row> {
  /** Under which the choice of columns is remembered: the page's name. */
  name: string;
  /** Read out before the table: what it lists, in which order. */
  caption: string;
  /** The first column names the row and carries its link; it can't be switched off. Keep the array outside the component. */
  columns: readonly TableColumn<Row>[];
  rows: readonly Row[];
  rowId: (row: Row) => string;
  /** What the row is called, for buttons and check boxes. */
  rowName: (row: Row) => string;
  /** Address of the row's page, relative to this one. */
  rowLink?: (row: Row) => string;
  /** A row that needs hands; its cells say why in words. */
  rowTone?: (row: Row) => 'bad' | undefined;
  /** Buttons at the end of a row, usually one `MenuButton`. */
  rowActions?: (row: Row) => ReactNode;
  /** What can be done with several rows: shown above the table while some are selected. Without it, none can be. */
  selectionBar?: (ids: string[], clear: () => void) => ReactNode;
  /** Shown instead of the table when there are no rows. */
  empty: ReactNode;
  busy?: boolean;
}

/** A list of things as a table; on phones each row becomes a card. Paging is done by a `Pager` under it. */
export function DataTable<Row extends object>(props: DataTableProps<Row>) {
  const { caption, columns, rows, rowName, rowLink, rowTone, rowActions, selectionBar, empty, busy = false } = props;
  const { table, columnVisibility, choice, setChoice, clearSelection } = useDataTable(props);
  const body = useRef<HTMLTableSectionElement>(null);
  useRowKeys(body, (id) => {
    if (!selectionBar) return;
    const row = table.getRow(id);
    // As if its box had been clicked, so that a range can begin here.
    row.getToggleSelectedHandler()({ target: { checked: !row.getIsSelected() } });
  });
  if (rows.length === 0) return <div className="card">{empty}</div>;

  const selected = table.getSelectedRowIds();
  const byId = new Map(columns.map((column) => [column.id, column]));
  const shown = table.getVisibleLeafColumns().flatMap(({ id }) => byId.get(id) ?? []);
  const first = shown[0]?.id;

  return (
    <div className="table-frame">
      {selectionBar && selected.length > 0 ? (
        <div className="selection-bar" role="status">
          <span className="tabular-nums">{selected.length} selected</span>
          {selectionBar(selected, clearSelection)}
          <button type="button" className="button-quiet ml-auto" onClick={clearSelection}>
            Clear
          </button>
        </div>
      ) : null}
      <table className="data-table" aria-busy={busy}>
        <caption className="sr-only">{caption}</caption>
        <thead>
          <tr>
            {selectionBar ? (
              <th scope="col" className="cell-check">
                <input
                  type="checkbox"
                  aria-label="Select every row of this page"
                  checked={table.getIsAllRowsSelected()}
                  ref={(box) => {
                    if (box) box.indeterminate = selected.length > 0 && !table.getIsAllRowsSelected();
                  }}
                  onChange={table.getToggleAllRowsSelectedHandler()}
                />
              </th>
            ) : null}
            {shown.map((column) => (
              <th
                key={column.id}
                scope="col"
                className={cellClass(column, column.id === first)}
                style={column.width ? { width: column.width } : undefined}
              >
                {column.header}
              </th>
            ))}
            <th scope="col" className="cell-actions">
              <ColumnMenu
                columns={columns
                  .slice(1)
                  .map(({ id, header }) => ({ id, header, shown: columnVisibility[id] !== false }))}
                onToggle={(id, on) => setChoice({ ...choice, [id]: on })}
                onReset={() => setChoice({})}
              />
            </th>
          </tr>
        </thead>
        <tbody ref={body}>
          {table.getRowModel().rows.map((row, index) => (
            <tr
              key={row.id}
              className="row"
              data-id={row.id}
              data-selected={row.getIsSelected() || undefined}
              data-tone={rowTone?.(row.original)}
            >
              {selectionBar ? (
                <td className="cell-check">
                  <input
                    type="checkbox"
                    aria-label={`Select ${rowName(row.original)}`}
                    checked={row.getIsSelected()}
                    // Shift takes the whole range since the last click.
                    onChange={row.getToggleSelectedHandler()}
                  />
                </td>
              ) : null}
              {shown.map((column) => {
                const content = column.cell(row.original);
                const isFirst = column.id === first;
                return (
                  <td key={column.id} className={cellClass(column, isFirst)} data-label={column.header}>
                    {isFirst && rowLink ? (
                      // One link is enough for the router to learn of the page that they all lead to.
                      <Link to={rowLink(row.original)} className="row-link" discover={index === 0 ? 'render' : 'none'}>
                        {content}
                      </Link>
                    ) : (
                      content
                    )}
                  </td>
                );
              })}
              <td className="cell-actions">{rowActions?.(row.original)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
