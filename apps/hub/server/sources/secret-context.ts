import type { Id } from '@nexomatic/contracts/id';

/** Where a secret of a source is wrapped for: it opens for no other source and under no other id. */
export const secretContext = (tenantId: Id<'tenant'>, sourceId: Id<'source'>, id: Id<'sourceSecret'>): string =>
  `source-secret/${tenantId}/${sourceId}/${id}`;
