import { Outlet, useLocation, useParams } from '@remix-run/react';
import { LinkTabs } from '../components/link-tabs.tsx';
import { PageHeader } from '../components/page-header.tsx';
import { ProblemPage } from '../components/problem-page.tsx';
import type { CrumbHandle } from '../frame/crumbs.tsx';
import { useMay } from '../frame/use-may.ts';
import { settingsTabs } from '../settings/settings-tabs.ts';

export const handle: CrumbHandle = { crumbs: () => [{ word: 'Settings', to: 'settings' }] };

/** The parts of a tenant's settings. */
export default function Settings() {
  const { tenant = '' } = useParams();
  const { pathname } = useLocation();
  const may = useMay();
  const home = `/t/${tenant}/settings`;
  const tabs = settingsTabs.filter(({ needs }) => may(needs));
  const active = tabs.findLast(({ path }) => path !== '' && pathname.startsWith(`${home}/${path}`)) ?? tabs[0];
  return (
    <>
      <PageHeader title="Settings" />
      <LinkTabs
        label="Parts of the settings"
        tabs={tabs.map(({ path, word }) => ({ key: path, word, to: path === '' ? home : `${home}/${path}` }))}
        active={active?.path ?? ''}
      />
      <Outlet />
    </>
  );
}

export function ErrorBoundary() {
  return <ProblemPage />;
}
