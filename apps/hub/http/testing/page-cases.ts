import type { Permission } from '@nexomatic/contracts/permission';
import type { World } from './procedure-cases/procedure-case.ts';

/** Who may open a page: whoever holds the right in its tenant, a member of it, anybody signed in, … */
export type Needs = Permission | 'member' | 'person' | 'administrator' | 'nothing';

/** How a page is asked for in the sweep over all of them, and what it answers to those who may open it. */
export interface PageCase {
  needs: Needs;
  /** Path and query, with what its own people would see there. */
  at(world: World): string;
  /** What the address answers to those who may; most are pages. */
  status: number;
  /** What it answers to members without the right. */
  refused: number;
}

const page = (needs: Needs, at: PageCase['at'], more: Partial<PageCase> = {}): PageCase => ({
  needs,
  at,
  status: 200,
  refused: 403,
  ...more,
});
const fixed = (needs: Needs, path: string, more: Partial<PageCase> = {}): PageCase => page(needs, () => path, more);
const redirects = { status: 302 };
const missing = { status: 404 };

const tenantPage = (needs: Needs, below: (world: World) => string, more: Partial<PageCase> = {}): PageCase =>
  page(needs, (world) => `/t/${world.tenant.slug}${below(world)}`, more);

/** One case for every address of `app/routes.ts`; an address without one fails the sweep. */
export const pageCases: Record<string, PageCase> = {
  '/': fixed('person', '/', redirects),
  '/invite/:token': fixed('nothing', '/invite/nxi_unknown', missing),
  '/login': fixed('nothing', '/login?token=nxl_unknown'),
  '/login/oidc/:provider': fixed('nothing', '/login/oidc/unknown', missing),
  '/login/oidc/:provider/callback': fixed('nothing', '/login/oidc/unknown/callback?code=x&state=y', missing),
  '/profile': fixed('person', '/profile'),
  '/setup': fixed('nothing', '/setup', redirects),
  '/sign-out': fixed('nothing', '/sign-out', redirects),
  '/go/:id': page('person', ({ event }) => `/go/${event.id}`, redirects),
  '/errors': fixed('nothing', '/errors'),
  '/errors/:code': fixed('nothing', '/errors/conflict'),
  '/api': fixed('nothing', '/api'),
  '/*': fixed('nothing', '/nothing-here', missing),
  '/admin': fixed('administrator', '/admin'),
  '/admin/tenants/new': fixed('administrator', '/admin/tenants/new'),
  '/admin/users': fixed('administrator', '/admin/users'),
  '/admin/health': fixed('administrator', '/admin/health'),
  '/admin/audit': fixed('administrator', '/admin/audit'),
  '/admin/*': fixed('administrator', '/admin/nothing-here', missing),
  '/t/:tenant': tenantPage('events.read', () => ''),
  '/t/:tenant/events': tenantPage('events.read', () => '/events?q='),
  '/t/:tenant/events/new': tenantPage('events.fire', ({ eventType }) => `/events/new?type=${eventType.name}`),
  '/t/:tenant/events/:id': tenantPage('events.read', ({ event }) => `/events/${event.id}`),
  '/t/:tenant/events/:id/rerun': tenantPage('events.manage', ({ event }) => `/events/${event.id}/rerun`),
  '/t/:tenant/events/:id/attempts/:attempt/log': tenantPage(
    'logs.read',
    ({ event }) => `/events/${event.id}/attempts/1/log`,
  ),
  '/t/:tenant/logs': tenantPage('logs.read', () => '/logs?q=since:all'),
  '/t/:tenant/logs/around': tenantPage('logs.read', ({ event }) => `/logs/around?at=${event.id}.1.1.0`),
  '/t/:tenant/event-names': tenantPage('events.read', () => '/event-names?of=type'),
  '/t/:tenant/event-views': tenantPage('events.read', () => '/event-views'),
  '/t/:tenant/object-names': tenantPage('definitions.read', () => '/object-names?text=a'),
  '/t/:tenant/bulk': tenantPage('events.read', () => '/bulk'),
  '/t/:tenant/bulk/new': tenantPage('events.manage', () => '/bulk/new?action=cancel&q='),
  '/t/:tenant/bulk/:id': tenantPage('events.read', ({ bulkJob }) => `/bulk/${bulkJob.id}`),
  '/t/:tenant/settings': tenantPage('tenant.write', () => '/settings', { refused: 302 }),
  '/t/:tenant/settings/members': tenantPage('members.read', () => '/settings/members'),
  '/t/:tenant/settings/keys': tenantPage('tenant.write', () => '/settings/keys'),
  '/t/:tenant/settings/storage': tenantPage('tenant.write', () => '/settings/storage'),
  '/t/:tenant/settings/tokens': tenantPage('tokens.write', () => '/settings/tokens'),
  '/t/:tenant/settings/tokens/new': tenantPage('tokens.write', () => '/settings/tokens/new'),
  '/t/:tenant/audit': tenantPage('audit.read', () => '/audit'),
  '/t/:tenant/event-types': tenantPage('definitions.read', () => '/event-types'),
  '/t/:tenant/event-types/new': tenantPage(
    'definitions.write',
    ({ eventType: { id } }) => `/event-types/new?from=${id}`,
  ),
  '/t/:tenant/event-types/check': tenantPage('definitions.read', () => '/event-types/check'),
  '/t/:tenant/event-types/:id': tenantPage('definitions.read', ({ eventType: { id } }) => `/event-types/${id}`),
  '/t/:tenant/event-types/:id/edit': tenantPage(
    'definitions.write',
    ({ eventType: { id } }) => `/event-types/${id}/edit`,
  ),
  '/t/:tenant/actions': tenantPage('definitions.read', () => '/actions'),
  '/t/:tenant/actions/new': tenantPage('definitions.write', ({ action: { id } }) => `/actions/new?from=${id}`),
  '/t/:tenant/actions/:id': tenantPage('definitions.read', ({ action: { id } }) => `/actions/${id}`),
  '/t/:tenant/actions/:id/edit': tenantPage('definitions.write', ({ action: { id } }) => `/actions/${id}/edit`),
  '/t/:tenant/sources': tenantPage('definitions.read', () => '/sources'),
  '/t/:tenant/sources/new': tenantPage('definitions.write', () => '/sources/new'),
  '/t/:tenant/sources/types': tenantPage('definitions.read', () => '/sources/types'),
  '/t/:tenant/sources/:id': tenantPage('definitions.read', ({ source: { id } }) => `/sources/${id}`),
  '/t/:tenant/sources/:id/verify': tenantPage('definitions.read', ({ source: { id } }) => `/sources/${id}/verify`),
  '/t/:tenant/sources/:id/routing': tenantPage('definitions.read', ({ source: { id } }) => `/sources/${id}/routing`),
  '/t/:tenant/sources/:id/requests': tenantPage('events.read', ({ source: { id } }) => `/sources/${id}/requests`),
  '/t/:tenant/sources/:id/held': tenantPage('events.read', ({ source: { id } }) => `/sources/${id}/held`),
  '/t/:tenant/sources/:id/set-up': tenantPage('definitions.read', ({ source: { id } }) => `/sources/${id}/set-up`),
  '/t/:tenant/sources/:id/event-grid': tenantPage(
    'definitions.write',
    ({ gridSource: { id } }) => `/sources/${id}/event-grid`,
  ),
  '/t/:tenant/sources/:id/tokens': tenantPage('tokens.write', ({ source: { id } }) => `/sources/${id}/tokens`),
  '/t/:tenant/sources/:id/edit': tenantPage('definitions.write', ({ source: { id } }) => `/sources/${id}/edit`),
  '/t/:tenant/sinks': tenantPage('sinks.read', () => '/sinks'),
  '/t/:tenant/sinks/new': tenantPage('sinks.write', () => '/sinks/new'),
  '/t/:tenant/sinks/types': tenantPage('definitions.read', () => '/sinks/types'),
  '/t/:tenant/sinks/types/new': tenantPage('definitions.write', () => '/sinks/types/new'),
  '/t/:tenant/sinks/types/:id': tenantPage('definitions.read', ({ sinkType: { id } }) => `/sinks/types/${id}`),
  '/t/:tenant/sinks/types/:id/edit': tenantPage(
    'definitions.write',
    ({ sinkType: { id } }) => `/sinks/types/${id}/edit`,
  ),
  '/t/:tenant/sinks/:id': tenantPage('sinks.read', ({ sink: { id } }) => `/sinks/${id}`),
  '/t/:tenant/sinks/:id/control': tenantPage('sinks.read', ({ sink: { id } }) => `/sinks/${id}/control`),
  '/t/:tenant/sinks/:id/history': tenantPage('sinks.read', ({ sink: { id } }) => `/sinks/${id}/history`),
  '/t/:tenant/sinks/:id/edit': tenantPage('sinks.write', ({ sink: { id } }) => `/sinks/${id}/edit`),
  '/t/:tenant/schedules': tenantPage('definitions.read', () => '/schedules'),
  '/t/:tenant/schedules/new': tenantPage('definitions.write', () => '/schedules/new'),
  '/t/:tenant/schedules/preview': tenantPage('definitions.read', () => '/schedules/preview'),
  '/t/:tenant/schedules/blackouts': tenantPage('definitions.read', () => '/schedules/blackouts'),
  '/t/:tenant/schedules/blackouts/new': tenantPage('definitions.write', () => '/schedules/blackouts/new'),
  '/t/:tenant/schedules/blackouts/:id': tenantPage(
    'definitions.read',
    ({ blackout: { id } }) => `/schedules/blackouts/${id}`,
  ),
  '/t/:tenant/schedules/:id': tenantPage('definitions.read', ({ schedule: { id } }) => `/schedules/${id}`),
  '/t/:tenant/schedules/:id/runs': tenantPage('definitions.read', ({ schedule: { id } }) => `/schedules/${id}/runs`),
  '/t/:tenant/schedules/:id/backfill': tenantPage(
    'schedules.operate',
    ({ schedule: { id } }) => `/schedules/${id}/backfill`,
  ),
  '/t/:tenant/schedules/:id/edit': tenantPage('definitions.write', ({ schedule: { id } }) => `/schedules/${id}/edit`),
  '/t/:tenant/secrets': tenantPage('secrets.read', () => '/secrets'),
  '/t/:tenant/secrets/new': tenantPage('secrets.write', () => '/secrets/new'),
  '/t/:tenant/secrets/:id': tenantPage('secrets.read', ({ secret: { id } }) => `/secrets/${id}`),
  '/t/:tenant/secrets/:id/edit': tenantPage('secrets.write', ({ secret: { id } }) => `/secrets/${id}/edit`),
  '/t/:tenant/*': tenantPage('member', () => '/nothing-here', missing),
};
