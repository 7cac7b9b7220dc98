import { type ErrorCode, errorCodes } from '@nexomatic/contracts/error-code';
import { Link, type MetaFunction } from '@remix-run/react';
import { pageTitle } from '../frame/page-title.ts';
import { PublicPage } from '../reference/public-page.tsx';

export const meta: MetaFunction = ({ matches }) => pageTitle(matches, 'Error codes');

const codes = Object.keys(errorCodes) as ErrorCode[];

/** Every code that an answer may carry. */
export default function Errors() {
  return (
    <PublicPage>
      <h1 className="text-xl">Error codes</h1>
      <p className="text-muted">
        Every refusal is a problem document (RFC 9457). Its <code>code</code> is stable: programs may rely on it.
      </p>
      <ul className="card error-list">
        {codes.map((code) => (
          <li key={code}>
            <Link to={code} className="link">
              <code>{code}</code>
            </Link>
            <span className="text-muted">
              {errorCodes[code].title} <span className="text-faint tabular-nums">{errorCodes[code].status}</span>
            </span>
          </li>
        ))}
      </ul>
    </PublicPage>
  );
}
