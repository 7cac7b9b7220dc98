import type { UNSAFE_RouteConfigEntry as Route } from '@remix-run/dev';

/** Every address of the dashboard and the file that answers it. */
// biome-ignore lint/style/noDefaultExport: Remix reads this file's default export
export default [
  { index: true, file: 'routes/home.tsx' },
  { path: 'invite/:token', file: 'routes/invite.tsx' },
  { path: 'login', file: 'routes/login.tsx' },
  { path: 'profile', file: 'routes/profile.tsx' },
  { path: 'setup', file: 'routes/setup.tsx' },
  { path: 'sign-out', file: 'routes/sign-out.tsx' },
  { path: 'go/:id', file: 'routes/go.tsx' },
  { path: 'errors', file: 'routes/errors.tsx' },
  { path: 'errors/:code', file: 'routes/error.tsx' },
  { path: 'api', file: 'routes/api.tsx' },
  {
    path: 'admin',
    file: 'routes/admin.tsx',
    children: [
      { index: true, file: 'routes/admin-tenants.tsx' },
      { path: 'tenants/new', file: 'routes/admin-tenant-new.tsx' },
      { path: 'users', file: 'routes/admin-users.tsx' },
      { path: 'health', file: 'routes/admin-health.tsx' },
      { path: 'audit', file: 'routes/admin-audit.tsx' },
      { path: '*', file: 'routes/not-found.tsx', id: 'routes/admin-not-found' },
    ],
  },
  {
    path: 't/:tenant',
    file: 'routes/tenant.tsx',
    children: [
      { index: true, file: 'routes/overview.tsx' },
      { path: 'events', file: 'routes/events.tsx' },
      { path: 'events/new', file: 'routes/event-new.tsx' },
      { path: 'events/:id', file: 'routes/event.tsx' },
      { path: 'events/:id/rerun', file: 'routes/event-rerun.tsx' },
      { path: 'events/:id/attempts/:attempt/log', file: 'routes/log-download.ts' },
      { path: 'event-names', file: 'routes/event-names.ts' },
      { path: 'event-views', file: 'routes/event-views.ts' },
      { path: 'bulk', file: 'routes/bulk-jobs.tsx' },
      { path: 'bulk/new', file: 'routes/bulk-new.tsx' },
      { path: 'bulk/:id', file: 'routes/bulk-job.tsx' },
      {
        path: 'settings',
        file: 'routes/settings.tsx',
        children: [
          { index: true, file: 'routes/settings-general.tsx' },
          { path: 'members', file: 'routes/settings-members.tsx' },
          { path: 'tokens', file: 'routes/settings-tokens.tsx' },
          { path: 'tokens/new', file: 'routes/settings-token-new.tsx' },
        ],
      },
      { path: 'audit', file: 'routes/audit.tsx' },
      { path: 'event-types', file: 'routes/event-types.tsx' },
      { path: 'event-types/new', file: 'routes/event-type-new.tsx' },
      { path: 'event-types/check', file: 'routes/event-type-check.ts' },
      { path: 'event-types/:id', file: 'routes/event-type.tsx' },
      { path: 'event-types/:id/edit', file: 'routes/event-type-edit.tsx' },
      { path: '*', file: 'routes/not-found.tsx', id: 'routes/tenant-not-found' },
    ],
  },
  { path: '*', file: 'routes/not-found.tsx' },
] satisfies Route[];
