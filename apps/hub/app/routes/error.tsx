import { type ErrorCode, errorCodes } from '@nexomatic/contracts/error-code';
import { errorHelp } from '@nexomatic/contracts/error-help';
import { Link, type MetaFunction, useLoaderData } from '@remix-run/react';
import type { LoaderFunctionArgs } from '@remix-run/server-runtime';
import { ArrowLeft } from '../components/icons.ts';
import { FramelessProblemPage } from '../components/problem-page.tsx';
import { notFound } from '../frame/hub-call.server.ts';
import { pageTitle } from '../frame/page-title.ts';
import { PublicPage } from '../reference/public-page.tsx';

export const meta: MetaFunction<typeof loader> = ({ matches, data }) => pageTitle(matches, data?.code ?? 'Error');

/** The page that the `type` of a problem document names. Kept on the server: no other page needs these texts. */
export function loader({ params, context }: LoaderFunctionArgs) {
  const { code = '' } = params;
  if (!isErrorCode(code)) throw notFound(context.requestId);
  return { code, ...errorCodes[code], ...errorHelp[code] };
}

const isErrorCode = (code: string): code is ErrorCode => Object.hasOwn(errorCodes, code);

export default function ErrorCodePage() {
  const { code, status, title, meaning, remedy } = useLoaderData<typeof loader>();
  return (
    <PublicPage>
      <Link to="/errors" className="back">
        <ArrowLeft size={14} aria-hidden="true" />
        Error codes
      </Link>
      <p className="font-mono text-error text-sm">
        {status} · {code}
      </p>
      <h1 className="text-xl">{title}</h1>
      <h2>What it means</h2>
      <p className="max-w-prose">
        <Marked text={meaning} />
      </p>
      <h2>What to do</h2>
      <p className="max-w-prose">
        <Marked text={remedy} />
      </p>
      <p className="max-w-prose text-muted text-sm">
        An answer with this code names the request in <code>requestId</code>: quote it when you ask whoever runs the
        hub.
      </p>
    </PublicPage>
  );
}

/** What stands between backticks is code. */
const Marked = ({ text }: { text: string }) =>
  text.split('`').map((part, index) => (index % 2 === 1 ? <code key={index}>{part}</code> : part));

export function ErrorBoundary() {
  return <FramelessProblemPage />;
}
