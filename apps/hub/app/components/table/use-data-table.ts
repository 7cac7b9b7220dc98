import {
  type ColumnDef,
  columnVisibilityFeature,
  type RowSelectionState,
  rowSelectionFeature,
  tableFeatures,
  useTable,
} from '@tanstack/react-table';
import { useMemo, useState } from 'react';
import { useColumnChoice } from './column-choice.ts';
import type { TableColumn } from './table-column.ts';

/** Sorting, filtering and paging are the hub's: only what a browser alone can know is kept here. */
const features = tableFeatures({ columnVisibilityFeature, rowSelectionFeature });
type Features = typeof features;

interface Options<Row> {
  name: string;
  columns: readonly TableColumn<Row>[];
  rows: readonly Row[];
  rowId: (row: Row) => string;
}

/** Visible columns and selected rows of a `DataTable`. */
export function useDataTable<Row extends object>({ name, columns, rows, rowId }: Options<Row>) {
  const [choice, setChoice] = useColumnChoice(name);
  const [picked, setPicked] = useState<RowSelectionState>({});
  const defs = useMemo(() => columns.map(toDef<Row>), [columns]);
  const columnVisibility = { ...defaultVisibility(columns), ...choice };
  // What has left the page can't be seen, so it must not be acted on either.
  const ids = new Set(rows.map(rowId));
  const rowSelection = Object.fromEntries(Object.entries(picked).filter(([id]) => ids.has(id)));
  const table = useTable<Features, Row>({
    features,
    columns: defs,
    data: rows,
    getRowId: rowId,
    state: { columnVisibility, rowSelection },
    onRowSelectionChange: (change) => setPicked(typeof change === 'function' ? change(rowSelection) : change),
  });
  return { table, columnVisibility, choice, setChoice, clearSelection: () => setPicked({}) };
}

const toDef = <Row extends object>({ id, header, cell }: TableColumn<Row>): ColumnDef<Features, Row> => ({
  id,
  header,
  cell: ({ row }) => cell(row.original),
});

/** What is shown before anybody chose. */
const defaultVisibility = <Row>(columns: readonly TableColumn<Row>[]): Record<string, boolean> =>
  Object.fromEntries(columns.map(({ id, optional }) => [id, optional !== true]));
