import { type ReactNode, useState } from 'react';
import { Table2 } from '../components/icons.ts';

interface ChartCardProps {
  title: string;
  /** Figure of the whole range, or of the step that is pointed at. */
  figure: ReactNode;
  children: ReactNode;
  /** The same figures as rows, for whoever can't or won't read a curve. */
  table: ReactNode;
  className?: string;
}

/** A chart with its title, its figure and a button that shows a table instead. */
export function ChartCard({ title, figure, children, table, className = '' }: ChartCardProps) {
  const [asTable, setAsTable] = useState(false);
  return (
    <section className={`card chart-card ${className}`} aria-label={title}>
      <header className="chart-head">
        <h2>{title}</h2>
        <div className="chart-figure">{figure}</div>
        <button
          type="button"
          className="icon-button"
          aria-pressed={asTable}
          aria-label={`Show ${title.toLowerCase()} as a table`}
          title="Show as table"
          onClick={() => setAsTable(!asTable)}
        >
          <Table2 size={14} aria-hidden="true" />
        </button>
      </header>
      {asTable ? table : children}
    </section>
  );
}
