import { useParams } from '@remix-run/react';
import { ChevronDown, Download } from '../components/icons.ts';
import { MenuButton } from '../components/overlay/menu-button.tsx';
import { askedText, type ListAddress, queryOf } from './list-address.ts';

/** Everything that the filter finds, as a file. */
export function ExportMenu({ address }: { address: ListAddress }) {
  const { tenant = '' } = useParams();
  const q = askedText(queryOf(address.text));
  const file = (format: string): string => `/api/v1/events/export?${new URLSearchParams({ tenant, q, format })}`;
  return (
    <MenuButton
      label="Export"
      className="button"
      entries={[
        { label: 'CSV, for spreadsheets', to: file('csv'), download: true },
        { label: 'NDJSON, for programs', to: file('ndjson'), download: true },
      ]}
    >
      <Download size={14} aria-hidden="true" />
      <span className="hidden sm:inline">Export</span>
      <ChevronDown size={12} aria-hidden="true" className="text-faint" />
    </MenuButton>
  );
}
