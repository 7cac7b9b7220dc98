import type { EventGridSettings } from '@nexomatic/contracts/event-grid-settings';
import type { HubEnv } from '../../env.ts';
import { namespaceUrlFault } from './namespace-url.ts';

/** What the installation does not allow of these settings. */
export function settingsFaults(
  { namespaceUrl, auth }: EventGridSettings,
  env: Pick<HubEnv, 'instance' | 'eventGridHosts' | 'eventGridIdentity'>,
): { path: string; message: string }[] {
  const urlFault = namespaceUrlFault(namespaceUrl, env);
  const lent = auth.kind !== 'managed_identity' || env.eventGridIdentity;
  return [
    ...(urlFault === null ? [] : [{ path: 'settings.namespaceUrl', message: urlFault }]),
    ...(lent
      ? []
      : [
          {
            path: 'settings.auth.kind',
            message: 'the installation does not lend tenants its identity (NEXOMATIC_EVENT_GRID_IDENTITY)',
          },
        ]),
  ];
}
