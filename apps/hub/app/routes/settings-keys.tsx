import { type MetaFunction, useLoaderData } from '@remix-run/react';
import type { ActionFunctionArgs, LoaderFunctionArgs } from '@remix-run/server-runtime';
import { EmptyState } from '../components/empty-state.tsx';
import { ProblemPage } from '../components/problem-page.tsx';
import { redirectWithToast } from '../components/toast/redirect-with-toast.server.ts';
import type { CrumbHandle } from '../frame/crumbs.tsx';
import { hubCall, hubTry, requireMember } from '../frame/hub-call.server.ts';
import { pageTitle } from '../frame/page-title.ts';
import { KeyList } from '../settings/key-list.tsx';
import { RotateKeyButton } from '../settings/rotate-key-button.tsx';

export const handle: CrumbHandle = { crumbs: () => [{ word: 'Keys' }] };
export const meta: MetaFunction = ({ matches }) => pageTitle(matches, 'Keys');

export async function loader({ context }: LoaderFunctionArgs) {
  requireMember(context);
  return await hubCall(context, () => context.caller.tenant.keys());
}

/** Makes another one, which seals from now on. */
export async function action({ context, params }: ActionFunctionArgs) {
  requireMember(context);
  const { problem } = await hubTry(context, () => context.caller.tenant.rotateKey());
  return problem
    ? { problem }
    : redirectWithToast(`/t/${params.tenant}/settings/keys`, 'Another key seals from now on');
}

export default function Keys() {
  const { keys } = useLoaderData<typeof loader>();
  if (keys.length === 0) {
    return (
      <EmptyState title="No key yet">
        <p>The first value of a secret makes one: browsers and programs seal values to it before they send them.</p>
      </EmptyState>
    );
  }
  return (
    <>
      <div className="flex flex-wrap items-center gap-3">
        <p className="max-w-prose text-muted text-sm">
          Browsers and programs seal values of secrets to the first of these before they send them. Make another one
          from time to time, and when somebody may have seen the keyring and the database: values are sealed anew in the
          background, and stay usable all the time.
        </p>
        <RotateKeyButton />
      </div>
      <KeyList keys={keys} />
    </>
  );
}

export function ErrorBoundary() {
  return <ProblemPage />;
}
