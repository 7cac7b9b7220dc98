import type { ScheduleSummary } from '@nexomatic/contracts/schedule-api';
import { MenuButton, type MenuEntry } from '../../components/overlay/menu-button.tsx';
import { useMay } from '../../frame/use-may.ts';
import { useScheduleAction } from '../use-schedule-action.ts';

/** What can be done with a schedule from its row. */
export function RowMenu({ schedule, onPause }: { schedule: ScheduleSummary; onPause: () => void }) {
  const { id, name, enabled, status, nextDueAt, skipDueAt } = schedule;
  const may = useMay();
  const { run } = useScheduleAction(id);
  const mayOperate = may('schedules.operate');
  const skipping = skipDueAt !== null;
  const entries: MenuEntry[] = [
    ...(may('events.fire') ? [{ label: 'Run now', onSelect: () => run('run-now') }] : []),
    ...(mayOperate && status === 'paused' ? [{ label: 'Resume', onSelect: () => run('resume') }] : []),
    ...(mayOperate && enabled && status !== 'paused' ? [{ label: 'Pause…', onSelect: onPause }] : []),
    ...(mayOperate && nextDueAt !== null && status === 'on'
      ? [
          skipping
            ? { label: 'Do not skip the next run', onSelect: () => run('unskip') }
            : { label: 'Skip the next run', onSelect: () => run('skip-next', { dueAt: nextDueAt }) },
        ]
      : []),
    ...(may('definitions.write') ? [{ label: 'Edit', to: `${id}/edit`, separated: true }] : []),
  ];
  return entries.length === 0 ? null : <MenuButton label={`Actions for ${name}`} entries={entries} />;
}
