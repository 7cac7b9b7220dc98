import { Link, type MetaFunction, useActionData, useLoaderData, useRouteLoaderData } from '@remix-run/react';
import type { ActionFunctionArgs, LoaderFunctionArgs } from '@remix-run/server-runtime';
import { BrandMark } from '../components/brand-mark.tsx';
import { FramelessProblemPage } from '../components/problem-page.tsx';
import { ToastProvider } from '../components/toast/toasts.tsx';
import { UserButton } from '../frame/header-menus.tsx';
import { hubCall, notFound, requirePerson } from '../frame/hub-call.server.ts';
import { pageTitle } from '../frame/page-title.ts';
import { IdentitiesSection } from '../profile/identities-section.tsx';
import { NameSection } from '../profile/name-section.tsx';
import { PasswordSection } from '../profile/password-section.tsx';
import { PreferencesSection } from '../profile/preferences-section.tsx';
import { rename, revoke, revokeOthers, setPassword } from '../profile/profile-action.server.ts';
import { SessionsSection } from '../profile/sessions-section.tsx';
import { TenantsSection } from '../profile/tenants-section.tsx';
import type { loader as rootLoader } from '../root.tsx';

export const meta: MetaFunction = ({ matches }) => pageTitle(matches, 'Your profile');

export async function loader({ context }: LoaderFunctionArgs) {
  const { memberships } = requirePerson(context);
  const { caller } = context;
  const [profile, { sessions }] = await hubCall(context, () =>
    Promise.all([caller.profile.get(), caller.session.list()]),
  );
  return { profile, sessions, tenants: memberships.map(({ slug, name, role }) => ({ slug, name, role })) };
}

export async function action({ request, context }: ActionFunctionArgs) {
  requirePerson(context);
  const form = await request.formData();
  switch (form.get('intent')) {
    case 'rename':
      return rename(context, form);
    case 'password':
      return setPassword(context, form);
    case 'revoke':
      return revoke(context, form);
    case 'revoke-others':
      return revokeOthers(context);
    default:
      throw notFound(context.requestId);
  }
}

export default function ProfilePage() {
  const { profile, sessions, tenants } = useLoaderData<typeof loader>();
  const reply = useActionData<typeof action>();
  // The form that was refused says so itself; the others know nothing of it.
  const refused = reply?.result.initialValue?.intent;
  const theme = useRouteLoaderData<typeof rootLoader>('root')?.theme ?? 'system';
  const { name, email } = profile;
  return (
    <ToastProvider>
      <header className="header">
        <Link to="/" className="brand" aria-label="Nexomatic, home">
          <BrandMark />
        </Link>
        <span className="text-line-strong" aria-hidden="true">
          /
        </span>
        <span className="font-medium">Your profile</span>
        <div className="ml-auto flex items-center gap-1.5">
          <UserButton name={name} email={email} theme={theme} />
        </div>
      </header>
      <main id="main" className="form mx-auto px-4 py-6" tabIndex={-1}>
        <h1 className="text-xl">Your profile</h1>
        <NameSection name={name} email={email} reply={refused === 'rename' ? reply : undefined} />
        <PasswordSection profile={profile} reply={refused === 'password' ? reply : undefined} />
        <IdentitiesSection identities={profile.identities} />
        <SessionsSection sessions={sessions} />
        <PreferencesSection theme={theme} />
        <TenantsSection tenants={tenants} />
      </main>
    </ToastProvider>
  );
}

export function ErrorBoundary() {
  return <FramelessProblemPage />;
}
