import { useOutletContext } from '@remix-run/react';
import type { ListedSchedule } from '../list/schedule-list.tsx';

/** What the parts of a schedule's page get from the page. */
export interface ScheduleContext {
  schedule: ListedSchedule;
}

export const useSchedule = (): ListedSchedule => useOutletContext<ScheduleContext>().schedule;
