import type { BulkState } from '@nexomatic/contracts/bulk-api';
import { StateIcon } from '../components/state-icon.tsx';

const looks = {
  RUNNING: { word: 'Running', state: 'RUNNING' },
  DONE: { word: 'Done', state: 'SUCCESS' },
  ABORTED: { word: 'Aborted', state: 'WARNING' },
  FAILED: { word: 'Failed', state: 'ERROR' },
} as const satisfies Record<BulkState, { word: string; state: string }>;

/** State of a bulk job: by shape, word and colour. */
export function BulkStatePill({ state }: { state: BulkState }) {
  const look = looks[state];
  return (
    <span className={`pill state-${look.state}`} data-bulk={state}>
      <StateIcon state={look.state} />
      <span>{look.word}</span>
    </span>
  );
}
