import { useEffect, useRef, useSyncExternalStore } from 'react';

/** What a key does, for the listener and for the help sheet. */
export const keyHelp = [
  { area: 'Everywhere', keys: [{ key: '?', does: 'Show this list' }] },
  {
    area: 'Events',
    keys: [
      { key: 'j', does: 'Next event' },
      { key: 'k', does: 'Previous event' },
      { key: 'Enter', does: 'Open the event' },
      { key: '/', does: 'Go to the type filter' },
      { key: 'Esc', does: 'Leave the filter; leave the list' },
    ],
  },
  {
    area: 'One event',
    keys: [
      { key: 'f', does: 'Next error in the log' },
      { key: 'Esc', does: 'Back to the events' },
    ],
  },
] as const;

const storeName = 'nx_keys';
const changed = new EventTarget();

/** Whether single-letter keys work. People who speak to their computer need to switch them off. */
export function useKeysEnabled(): [boolean, (enabled: boolean) => void] {
  const enabled = useSyncExternalStore(
    (listener) => {
      changed.addEventListener('change', listener);
      return () => changed.removeEventListener('change', listener);
    },
    () => localStorage.getItem(storeName) !== 'off',
    () => true,
  );
  return [
    enabled,
    (value) => {
      if (value) localStorage.removeItem(storeName);
      else localStorage.setItem(storeName, 'off');
      changed.dispatchEvent(new Event('change'));
    },
  ];
}

/**
 * Calls the function bound to a pressed key. Keys with modifiers are the browser's; keys pressed while somebody types,
 * or while a menu or dialog is open, are theirs.
 */
export function useKeys(bindings: Record<string, (event: KeyboardEvent) => void>): void {
  const current = useRef(bindings);
  current.current = bindings;
  useEffect(() => {
    function pressed(event: KeyboardEvent): void {
      if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
      if (isTyping(event.target) || document.querySelector('[role="dialog"], [role="menu"]')) return;
      const single = event.key.length === 1;
      if (single && localStorage.getItem(storeName) === 'off') return;
      const action = current.current[event.key];
      if (!action) return;
      // A letter must not also reach the field that it moves the focus to.
      if (single) event.preventDefault();
      action(event);
    }
    document.addEventListener('keydown', pressed);
    return () => document.removeEventListener('keydown', pressed);
  }, []);
}

function isTyping(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && target.closest('input, textarea, select, [contenteditable]') !== null;
}
