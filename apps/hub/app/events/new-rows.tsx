import { ArrowUp } from '../components/icons.ts';

interface NewRowsProps {
  count: number;
  /** Most that a list shows at once. */
  pageSize: number;
  letIn: () => void;
}

/**
 * How many rows wait for somebody to let them in. Stands beside what holds the rows, never in it: it goes when it is pressed,
 * and with it the focus, of which nobody would hear that it has left.
 */
export function NewRows({ count, pageSize, letIn }: NewRowsProps) {
  return (
    <button
      type="button"
      className="new-rows"
      onClick={() => {
        letIn();
        window.scrollTo({ top: 0 });
      }}
    >
      <ArrowUp size={14} aria-hidden="true" />
      {count >= pageSize ? `${count}+` : count} new
    </button>
  );
}
