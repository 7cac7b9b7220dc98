import type { EventReason, EventState } from '@nexomatic/contracts/event-state';
import { reasonTexts } from './reasons.ts';
import { StateIcon } from './state-icon.tsx';

/** Icon, word and colour of a state, with the reason when there is one: "ERROR · timeout". */
export function StatePill(props: { state: EventState; reason: EventReason | null; large?: boolean }) {
  const { state, reason, large = false } = props;
  return (
    <span className={`pill state-${state} ${large ? 'pill-large' : ''}`} data-state={state}>
      <StateIcon state={state} />
      <span>{state}</span>
      {reason ? <span className="pill-reason">{reasonTexts[reason].word}</span> : null}
    </span>
  );
}
