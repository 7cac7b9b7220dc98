import type { ScheduleSummary } from '@nexomatic/contracts/schedule-api';
import { useScheduleAction } from '../use-schedule-action.ts';

type Shown = Pick<ScheduleSummary, 'id' | 'name' | 'enabled'>;

/** Switches a schedule on or off in its row. */
export function OnSwitch({ schedule: { id, name, enabled }, disabled }: { schedule: Shown; disabled: boolean }) {
  const { busy, run } = useScheduleAction(id);
  // What was asked for is shown at once; the answer corrects it.
  const on = busy ? !enabled : enabled;
  return (
    <input
      type="checkbox"
      // biome-ignore lint/a11y/useAriaPropsForRole: a native check box tells its own state
      role="switch"
      className="switch-input"
      aria-label={`Run ${name}`}
      checked={on}
      disabled={disabled || busy}
      onChange={() => run(enabled ? 'disable' : 'enable')}
    />
  );
}
