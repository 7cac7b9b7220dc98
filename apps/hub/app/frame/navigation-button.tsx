import { Menu } from '../components/icons.ts';

export const navId = 'main-nav';

/** Opens the navigation on narrow pages. The browser itself tells whether it is open. */
export const NavigationButton = () => (
  <button type="button" className="icon-button nav-open" aria-label="Navigation" {...{ popovertarget: navId }}>
    <Menu size={18} aria-hidden="true" />
  </button>
);
