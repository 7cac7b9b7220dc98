import type { Permission } from '@nexomatic/contracts/permission';
import { useRouteLoaderData } from '@remix-run/react';

/** Whether the viewer holds a permission in this tenant: what they may not do is not offered. The hub checks again. */
export function useMay(): (permission: Permission) => boolean {
  const data: unknown = useRouteLoaderData('routes/tenant');
  const held = typeof data === 'object' && data !== null && 'permissions' in data ? data.permissions : [];
  return (permission) => Array.isArray(held) && held.includes(permission);
}
