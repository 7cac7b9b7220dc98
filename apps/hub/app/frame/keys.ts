import { useRef, useSyncExternalStore } from 'react';
import { useBeforePaint } from './use-before-paint.ts';

interface KeyHelp {
  area: string;
  keys: readonly { key: string; does: string }[];
}

/** What keys do, for the help sheet. Those that lead to pages come from the navigation itself. */
export const keyHelp: readonly KeyHelp[] = [
  {
    area: 'Everywhere',
    keys: [
      { key: 'Ctrl K', does: 'Go to a page, open an id, or do something' },
      { key: '[', does: 'Fold or unfold the navigation' },
      { key: '?', does: 'Show this list' },
    ],
  },
  {
    area: 'Lists',
    keys: [
      { key: 'j', does: 'Next row' },
      { key: 'k', does: 'Previous row' },
      { key: 'Enter', does: 'Open the row' },
      { key: 'x', does: 'Select the row' },
      { key: '/', does: 'Go to the filter' },
      { key: 'Esc', does: 'Leave the filter; leave the list' },
    ],
  },
  {
    area: 'Events',
    keys: [
      { key: 'f', does: 'Next error in the list' },
      { key: 'r', does: 'Re-run the row, or what is selected' },
      { key: 'c', does: 'Cancel the row, or what is selected' },
      { key: '.', does: 'Everything that can be done with the row' },
    ],
  },
  {
    area: 'One event',
    keys: [
      { key: 'j', does: 'Next event of the list' },
      { key: 'k', does: 'Previous event of the list' },
      { key: 'r', does: 'Re-run it' },
      { key: 'c', does: 'Cancel it' },
      { key: 'f', does: 'Next error in the log' },
      { key: 'Esc', does: 'Back to the events' },
    ],
  },
  {
    area: 'In the log',
    keys: [
      { key: 'Ctrl F', does: 'Find in all of its lines; once more: the browser’s own find' },
      { key: 'Enter', does: 'Next place that was found' },
      { key: 'Shift Enter', does: 'Previous place' },
      { key: 'Esc', does: 'Close find; leave the full screen' },
      { key: 'End', does: 'Last line, and follow what is written' },
    ],
  },
];

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
  // A page that can be seen takes its keys.
  useBeforePaint(() => {
    function pressed(event: KeyboardEvent): void {
      if (!isKeyOurs(event)) return;
      const single = event.key.length === 1;
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

/** Whether a pressed key is the page's to act on. */
export function isKeyOurs(event: KeyboardEvent): boolean {
  if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return false;
  if (isTyping(event.target) || document.querySelector(openLayers)) return false;
  return event.key.length > 1 || localStorage.getItem(storeName) !== 'off';
}

/** What takes the keys while it is open. */
const openLayers = '[role="dialog"], [role="alertdialog"], [role="menu"], :popover-open';

/** A box that is ticked takes no letters. */
const textFields = 'input:not([type=checkbox], [type=radio]), textarea, select, [contenteditable]';

function isTyping(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && target.closest(textFields) !== null;
}
