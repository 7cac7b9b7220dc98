import { formatDay, formatTime, instantMs } from '../../time/format-time.ts';

/** The zones in which a run's time is shown: the schedule's, the viewer's and UTC, each once. */
export function shownZones(scheduleZone: string, viewerZone: string): { zone: string; whose: string }[] {
  const zones = [
    { zone: scheduleZone, whose: scheduleZone === viewerZone ? 'the schedule’s and yours' : 'the schedule’s' },
    { zone: viewerZone, whose: 'yours' },
    { zone: 'UTC', whose: '' },
  ];
  return zones.filter(({ zone }, index) => zones.findIndex((one) => one.zone === zone) === index);
}

/** A run's time in another zone: the time alone where its day is the same. */
export function timeBeside(at: string, zone: string, mainZone: string): string {
  const ms = instantMs(at);
  const day = formatDay(ms, zone);
  return day === formatDay(ms, mainZone) ? formatTime(ms, zone) : `${day}, ${formatTime(ms, zone)}`;
}
