import type { Role } from '@nexomatic/contracts/permission';
import { Link } from '@remix-run/react';
import { FormSection } from '../components/form/form-section.tsx';
import { roleWords } from '../people/role-words.ts';

interface TenantsSectionProps {
  tenants: readonly { slug: string; name: string; role: Role }[];
}

/** The tenants that somebody belongs to, and as what. */
export function TenantsSection({ tenants }: TenantsSectionProps) {
  return (
    <FormSection title="Tenants" description="Who is what in a tenant is decided by its owners and admins.">
      {tenants.length === 0 ? <p className="text-muted text-sm">You belong to no tenant yet.</p> : null}
      <ul aria-label="Tenants">
        {tenants.map(({ slug, name, role }) => (
          <li key={slug} className="session-row">
            <Link to={`/t/${slug}`} className="link font-medium text-sm">
              {name}
            </Link>
            <span className="text-muted text-xs">
              {roleWords[role].word}: {roleWords[role].does}
            </span>
          </li>
        ))}
      </ul>
    </FormSection>
  );
}
