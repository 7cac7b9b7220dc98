import { Explain } from '../components/explain.tsx';

/** What a schedule can't do in this version. */
export const SchedulesNotYet = () => (
  <Explain warning>Schedules do not run yet. They can be kept here, switched off, and fire nothing.</Explain>
);
