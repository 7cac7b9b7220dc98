import type { QueryFault } from '@nexomatic/contracts/event-query-value';
import { TriangleAlert } from '../components/icons.ts';

interface FilterFaultsProps {
  text: string;
  faults: QueryFault[];
  refusal: string | null;
  select: (place: QueryFault) => void;
}

/** What can't be read in the text, or can't be answered; pressing a fault leads to its place. */
export function FilterFaults({ text, faults, refusal, select }: FilterFaultsProps) {
  return (
    <div className="filter-faults" role="status" id="filter-faults">
      {faults.map((fault) => (
        <p key={`${fault.at} ${fault.message}`}>
          <TriangleAlert size={14} aria-hidden="true" />
          <span>
            {fault.length > 0 ? (
              <button type="button" className="filter-fault" onClick={() => select(fault)}>
                {text.slice(fault.at, fault.at + fault.length)}
              </button>
            ) : null}{' '}
            {fault.message}
          </span>
        </p>
      ))}
      {faults.length === 0 && refusal !== null ? (
        <p>
          <TriangleAlert size={14} aria-hidden="true" />
          <span>{refusal}</span>
        </p>
      ) : null}
    </div>
  );
}
