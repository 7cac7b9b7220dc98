import { Link } from '@remix-run/react';
import type { ReactNode } from 'react';
import { BrandMark } from '../components/brand-mark.tsx';

/** A page that needs nobody signed in: what the API is, and what its errors mean. */
export function PublicPage({ children, wide = false }: { children: ReactNode; wide?: boolean }) {
  return (
    <>
      <a href="#main" className="skip-link">
        Skip to content
      </a>
      <header className="header">
        <Link to="/" className="brand" aria-label="Nexomatic, home">
          <BrandMark />
        </Link>
        <nav className="ml-auto flex gap-1" aria-label="Reference">
          <Link to="/api" className="button-quiet">
            API
          </Link>
          <Link to="/errors" className="button-quiet">
            Errors
          </Link>
        </nav>
      </header>
      <main id="main" tabIndex={-1} className={wide ? 'reference reference-wide' : 'reference'}>
        {children}
      </main>
    </>
  );
}
