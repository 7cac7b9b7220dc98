import { type ReactNode, useEffect, useState } from 'react';
import { ViewerZone } from '../time/now.ts';
import { writePreference } from './preferences.ts';

/**
 * Times are written in the viewer's zone. Only the browser knows it, so the very first page is rendered in UTC, says so,
 * and is corrected once it runs; from then on a cookie tells the server.
 */
export function ViewerZoneProvider({ known, children }: { known: string | null; children: ReactNode }) {
  const [zone, setZone] = useState(known ?? 'UTC');
  useEffect(() => {
    const own = Intl.DateTimeFormat().resolvedOptions().timeZone;
    if (!own || own === known) return;
    writePreference('zone', own);
    setZone(own);
  }, [known]);
  return <ViewerZone.Provider value={zone}>{children}</ViewerZone.Provider>;
}
