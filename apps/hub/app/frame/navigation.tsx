import { NavLink, useLocation } from '@remix-run/react';
import { useEffect, useRef, useState } from 'react';
import { PanelLeft } from '../components/icons.ts';
import { useKeys } from './keys.ts';
import { type NavSection, navHref } from './nav.ts';
import { navId } from './navigation-button.tsx';
import { type NavWidth, writePreference } from './preferences.ts';

/**
 * The pages of a tenant. Wide pages show it beside the content, where `[` folds it to its icons; on narrow ones it is a
 * popover that the header's button opens, without any script.
 */
export function Navigation(props: { home: string; sections: readonly NavSection[]; width: NavWidth }) {
  const { home, sections } = props;
  const [width, setWidth] = useState(props.width);
  const nav = useRef<HTMLElement>(null);
  const { key } = useLocation();
  // Each visit closes it, also one of the same page.
  useEffect(() => {
    if (nav.current?.matches(':popover-open')) nav.current.hidePopover();
  }, [key]);
  const fold = (): void => {
    const next = width === 'wide' ? 'narrow' : 'wide';
    setWidth(next);
    writePreference('nav', next);
  };
  useKeys({ '[': fold });
  return (
    <nav ref={nav} id={navId} className="nav" aria-label="Main" data-width={width} {...{ popover: 'auto' }}>
      {sections.map(({ title, entries }) => (
        <div key={title ?? ''} className="nav-section">
          {title === null ? null : <h2 className="nav-title">{title}</h2>}
          <ul>
            {entries.map(({ path, word, icon: Icon }) => (
              <li key={path}>
                <NavLink
                  to={navHref(home, path)}
                  end={path === ''}
                  className="nav-link"
                  title={width === 'narrow' ? word : undefined}
                >
                  <Icon size={16} aria-hidden="true" />
                  <span className="nav-word">{word}</span>
                </NavLink>
              </li>
            ))}
          </ul>
        </div>
      ))}
      <button
        type="button"
        className="icon-button nav-fold"
        aria-label={width === 'wide' ? 'Fold the navigation' : 'Unfold the navigation'}
        title="["
        onClick={fold}
      >
        <PanelLeft size={16} aria-hidden="true" />
      </button>
    </nav>
  );
}
