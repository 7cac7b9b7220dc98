import type { EventGridStatus } from '@nexomatic/contracts/event-grid-api';
import type { SourceDetail } from '@nexomatic/contracts/source-api';
import type { AppLoadContext } from '@remix-run/server-runtime';
import { hubCall } from '../../frame/hub-call.server.ts';

/** How a source is pulled; null for one that is not. */
export async function eventGridOf(
  context: AppLoadContext,
  { id, kind }: Pick<SourceDetail, 'id' | 'kind'>,
): Promise<EventGridStatus | null> {
  return kind === 'EVENT_GRID' ? hubCall(context, () => context.caller.eventGrid.get({ id })) : null;
}
