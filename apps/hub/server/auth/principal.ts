import type { Id } from '@nexomatic/contracts/id';
import type { Permission, Role } from '@nexomatic/contracts/permission';
import type { SinkIdentity } from '../attempts/sink-identity.ts';

/** A tenant that a person belongs to, and as what. */
export interface Membership {
  tenantId: Id<'tenant'>;
  slug: string;
  name: string;
  timeZone: string;
  role: Role;
}

/** A tenant that somebody belongs to and that an administrator has stopped. */
export interface SuspendedTenant {
  slug: string;
  name: string;
}

/** Somebody signed in by cookie. One person may belong to many tenants; a request speaks to one of them or to none. */
export interface UserPrincipal {
  kind: 'user';
  userId: Id<'user'>;
  sessionId: Id<'session'>;
  email: string;
  name: string;
  /** Administers the instance, beside whatever they are in tenants. */
  instanceAdmin: boolean;
  memberships: Membership[];
  /** Where they belong and nobody is let in. */
  suspended: SuspendedTenant[];
  /** Slug of the tenant that the request names. */
  asked: string | null;
  /** The tenant that this request is about; null when it names none, or one that this person is no member of. */
  member: Membership | null;
}

/** A program with an API token; it belongs to exactly one tenant. */
export interface ApiTokenPrincipal {
  kind: 'apiToken';
  tenantId: Id<'tenant'>;
  tokenId: Id<'apiToken'>;
  name: string;
  /** What the token is limited to; null for everything that a program may do. */
  scopes: Permission[] | null;
  /** The CUSTOM source that it is the credential of: it fires as that one alone. Null for all others. */
  sourceId: Id<'source'> | null;
}

/** Who sends a request, once its credential was checked. */
export type Principal = UserPrincipal | ApiTokenPrincipal | SinkIdentity;
