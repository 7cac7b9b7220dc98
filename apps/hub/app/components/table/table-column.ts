import type { ReactNode } from 'react';

/** A column of a `DataTable`. */
export interface TableColumn<Row> {
  id: string;
  header: string;
  cell: (row: Row) => ReactNode;
  /** Takes the room that the others leave, and cuts what is longer. One column should. */
  fill?: boolean;
  /** CSS width, for a column whose content would otherwise make it jump. */
  width?: string;
  align?: 'end';
  /** Narrowest page on which the column is shown: 40, 52 and 64 rem. `sm` also leaves it out of the cards of phones. */
  from?: 'sm' | 'md' | 'lg';
  /** Left out until somebody asks for it in the column menu. */
  optional?: boolean;
}

/** Class of the column's cells. */
export function cellClass(column: TableColumn<never>, isFirst: boolean): string {
  return [
    isFirst ? 'cell-first' : '',
    column.fill ? 'cell-fill' : '',
    column.align === 'end' ? 'cell-end' : '',
    column.from ? `cell-from-${column.from}` : '',
  ]
    .filter(Boolean)
    .join(' ');
}
