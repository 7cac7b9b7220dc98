import { type MetaFunction, useMatches } from '@remix-run/react';
import type { LoaderFunctionArgs } from '@remix-run/server-runtime';
import { FramelessProblemPage, ProblemPage } from '../components/problem-page.tsx';
import { notFound } from '../frame/hub-call.server.ts';
import { pageTitle } from '../frame/page-title.ts';

export const meta: MetaFunction = ({ matches }) => pageTitle(matches, 'Not found');

/** Every address that no page answers. */
export function loader({ context }: LoaderFunctionArgs): never {
  throw notFound(context.requestId);
}

export default function Unreachable() {
  return null;
}

export function ErrorBoundary() {
  // Root and this page alone, or a frame between them, which is a page's main part already.
  return useMatches().length > 2 ? <ProblemPage /> : <FramelessProblemPage />;
}
