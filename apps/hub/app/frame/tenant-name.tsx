import { ChevronsUpDown } from '../components/icons.ts';

export interface TenantChoice {
  slug: string;
  name: string;
}

/** What stands on the button that opens the list of tenants. */
export function TenantName({ name }: { name: string }) {
  return (
    <>
      <span className="truncate font-medium">{name}</span>
      <ChevronsUpDown size={14} className="flex-none text-faint" aria-hidden="true" />
      <span className="sr-only">, switch tenant</span>
    </>
  );
}
