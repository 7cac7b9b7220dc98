import { errorCodes, type Problem } from '@nexomatic/contracts/error-code';
import { isRouteErrorResponse, Link, useRouteError, useRouteLoaderData } from '@remix-run/react';
import { useState } from 'react';
import { isHubReady } from '../live/is-hub-ready.ts';
import type { loader as rootLoader } from '../root.tsx';

/** The page for everything that went wrong: what happened, what to do, and what to quote when asking for help. */
export function ProblemPage() {
  const error = useRouteError();
  const requestId = useRouteLoaderData<typeof rootLoader>('root')?.requestId;
  const found = problemOf(error, requestId);
  if (found.code === 'not_found') return <NotFound />;
  return (
    <div className="flex flex-col items-start gap-4">
      <p className="font-mono text-error text-sm">
        {found.status} · {found.code}
      </p>
      <h1 className="text-xl">{found.title}</h1>
      <p className="max-w-prose text-muted">{found.detail}</p>
      <div className="flex flex-wrap gap-2">
        <Link to="/" className="button">
          Back to the events
        </Link>
        <RetryButton />
      </div>
      {found.requestId ? (
        <p className="text-muted text-sm">
          Request <code>{found.requestId}</code> — the hub’s log has the details under this id.
        </p>
      ) : null}
    </div>
  );
}

/** The same for what no page inside the frame has caught: without it, because the frame may be what failed. */
export function FramelessProblemPage() {
  return (
    <main className="mx-auto max-w-2xl px-4 py-16">
      <ProblemPage />
    </main>
  );
}

/** The same text for what doesn't exist and for what belongs to somebody else, so that neither can be told apart. */
function NotFound() {
  return (
    <div className="flex flex-col items-start gap-4">
      <p className="font-mono text-faint text-sm">404 · not_found</p>
      <h1 className="text-xl">There is no such thing here</h1>
      <p className="max-w-prose text-muted">
        The address may be mistyped, it may have been removed, or it belongs to a tenant that you aren’t a member of.
      </p>
      <Link to="/" className="button">
        Back to the events
      </Link>
    </div>
  );
}

/** Loads the page anew, but only once the hub answers: a browser's own error page would be worse than this one. */
function RetryButton() {
  const [state, setState] = useState<'ready' | 'asking' | 'down'>('ready');
  async function retry(): Promise<void> {
    setState('asking');
    if (await isHubReady()) location.reload();
    else setState('down');
  }
  return (
    <>
      <button type="button" className="button-primary" onClick={() => void retry()} disabled={state === 'asking'}>
        {state === 'asking' ? 'Trying again…' : 'Try again'}
      </button>
      <span role="status" className="self-center text-muted text-sm">
        {state === 'down' ? 'The hub is not ready yet.' : ''}
      </span>
    </>
  );
}

function problemOf(
  error: unknown,
  requestId: string | undefined,
): Pick<Problem, 'status' | 'code' | 'title' | 'detail' | 'requestId'> {
  if (isRouteErrorResponse(error)) {
    if (isProblem(error.data)) return error.data;
    if (error.status === 404) return { code: 'not_found', ...errorCodes.not_found, detail: '' };
  }
  const lost = error instanceof TypeError;
  if (lost) {
    return {
      code: 'unavailable',
      status: errorCodes.unavailable.status,
      title: 'The hub does not answer',
      detail: 'The browser could not reach it. Check the network, or that the hub is running, then try again.',
      requestId,
    };
  }
  return {
    code: 'internal',
    ...errorCodes.internal,
    detail: 'Try again; if it stays, look the request up in the hub’s log, or send its id along when you ask for help.',
    requestId,
  };
}

const isProblem = (value: unknown): value is Problem =>
  typeof value === 'object' && value !== null && 'code' in value && 'detail' in value && 'title' in value;
