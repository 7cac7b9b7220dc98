import { NexomaticError } from '@nexomatic/contracts/error-code';
import { type Id, newId } from '@nexomatic/contracts/id';
import type { CreateView, UpdateView, SavedView as View } from '@nexomatic/contracts/view-api';
import type { Database } from '@nexomatic/db/database';
import { SavedView } from '@nexomatic/db/entities/saved-view';
import type { EntityManager } from '@nexomatic/db/query';
import { recordAudit } from '../audit/record-audit.ts';
import type { Actor } from '../auth/actor.ts';
import { expectVersion } from '../definitions/change-definition.ts';
import { readQuery } from '../events/search/read-query.ts';

/** Who looks at views: a person has views of their own beside those of the tenant, a program has not. */
export interface Viewer {
  tenantId: Id<'tenant'>;
  actor: Actor;
  /** Null for a program. */
  userId: Id<'user'> | null;
  /** May save views for everybody. */
  mayShare: boolean;
}

const maxViews = 200;

/** The viewer's own views and those of the tenant, by name. */
export async function listViews({ db }: { db: Database }, { tenantId, userId }: Viewer): Promise<{ views: View[] }> {
  const em = db.tenantEm(tenantId);
  const options = { orderBy: { name: 'asc' }, limit: maxViews } as const;
  const own = userId === null ? [] : await em.find(SavedView, { userId }, options);
  const shared = await em.find(SavedView, { userId: null }, options);
  return { views: [...own, ...shared].slice(0, maxViews).map(showView) };
}

/** Saves a query under a name. */
export async function createView({ db }: { db: Database }, viewer: Viewer, input: CreateView): Promise<View> {
  const { tenantId, actor } = viewer;
  const fields = fieldsOf(viewer, input);
  return db.tenantEm(tenantId).transactional(async (em) => {
    const view = em.create(SavedView, {
      tenantId,
      id: newId('savedView'),
      ...fields,
      createdById: actor.id,
      createdByName: actor.name.slice(0, 200),
    });
    await em.persist(view).flush();
    return audited(em, viewer, view, 'saved_view.created', null);
  });
}

/** Changes a view, also from one's own to everybody's and back to one's own. */
export async function updateView({ db }: { db: Database }, viewer: Viewer, input: UpdateView): Promise<View> {
  return db.tenantEm(viewer.tenantId).transactional(async (em) => {
    const view = await findView(em, viewer, input.id);
    expectVersion(view, input.version);
    const before = showView(view);
    em.assign(view, fieldsOf(viewer, input));
    await em.flush();
    return audited(em, viewer, view, 'saved_view.updated', before);
  });
}

export async function deleteView({ db }: { db: Database }, viewer: Viewer, id: Id<'savedView'>): Promise<void> {
  await db.tenantEm(viewer.tenantId).transactional(async (em) => {
    const view = await findView(em, viewer, id);
    const before = showView(view);
    const object = { kind: 'saved_view' as const, id, name: view.name };
    em.remove(view);
    recordAudit(em, viewer.tenantId, viewer.actor, { action: 'saved_view.deleted', object, before, after: null });
    await em.flush();
  });
}

/** A view that the viewer may change; what is somebody else's own is as good as not there. */
async function findView(em: EntityManager, { userId, mayShare }: Viewer, id: Id<'savedView'>): Promise<SavedView> {
  const view = await em.findOne(SavedView, { id });
  if (!view || (view.userId && view.userId !== userId)) {
    throw new NexomaticError('not_found', `There is no view ${id} here.`);
  }
  if (!view.userId && !mayShare) throw mayNotShare();
  return view;
}

function fieldsOf({ userId, mayShare }: Viewer, { name, query, columns, shared }: CreateView) {
  if (shared && !mayShare) throw mayNotShare();
  if (!shared && userId === null) {
    const message = 'a program has no views of its own; save it for everybody';
    throw new NexomaticError('unprocessable', 'The view has no owner.', { errors: [{ path: 'shared', message }] });
  }
  readQuery(query, 'query');
  return { userId: shared ? null : userId, name, query: query.trim(), columns: JSON.stringify(columns) };
}

const mayNotShare = (): NexomaticError =>
  new NexomaticError('forbidden', 'Views for everybody are saved and changed by those who may manage events.');

async function audited(
  em: EntityManager,
  { tenantId, actor }: Viewer,
  view: SavedView,
  action: 'saved_view.created' | 'saved_view.updated',
  before: View | null,
): Promise<View> {
  const after = showView(view);
  recordAudit(em, tenantId, actor, {
    action,
    object: { kind: 'saved_view', id: view.id, name: view.name },
    before,
    after,
  });
  await em.flush();
  return after;
}

const showView = (view: SavedView): View => ({
  id: view.id,
  version: view.version,
  name: view.name,
  query: view.query,
  columns: JSON.parse(view.columns) as string[],
  shared: !view.userId,
  createdBy: { id: view.createdById ?? null, name: view.createdByName },
  updatedAt: view.updatedAt.toISOString(),
});
