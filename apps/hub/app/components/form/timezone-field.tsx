import { useMemo, useSyncExternalStore } from 'react';
import { formatZoneOffset } from '../../time/format-time.ts';
import { useTicking } from '../../time/now.ts';
import { ComboboxField } from './combobox-field.tsx';
import { type FieldProps, initialText } from './form-field.ts';

const never = (): (() => void) => () => undefined;
const none: readonly string[] = [];
let known: readonly string[] | undefined;

/** Zones that this browser knows; `UTC`, which engines leave out, comes first. */
function zones(): readonly string[] {
  known ??= ['UTC', ...Intl.supportedValuesOf('timeZone').filter((zone) => zone !== 'UTC')];
  return known;
}

/** Picks a time zone by its IANA name, with the offset that it has now. */
export function TimezoneField(props: FieldProps) {
  // Server and browser need not know the same zones, so that the list comes once the page runs.
  const all = useSyncExternalStore(never, zones, () => none);
  const hour = useTicking((now) => Math.floor(now / 3_600_000));
  const own = initialText(props.field);
  const options = useMemo(() => {
    const names = own === undefined || all.includes(own) ? all : [own, ...all];
    return names.map((zone) => ({ value: zone, label: zone, hint: formatZoneOffset(hour * 3_600_000, zone) }));
  }, [all, own, hour]);
  return <ComboboxField {...props} options={options} placeholder="UTC" empty="No zone of that name." />;
}
