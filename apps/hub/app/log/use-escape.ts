import { useEffect, useRef } from 'react';

/** While it is on, Escape means this and nothing else of the page, but for what is open above it. */
export function useEscape(on: boolean, leave: () => void): void {
  const current = useRef(leave);
  current.current = leave;
  useEffect(() => {
    if (!on) return;
    function pressed(event: KeyboardEvent): void {
      if (event.key !== 'Escape' || document.querySelector('[role="menu"], [role="dialog"]')) return;
      event.preventDefault();
      event.stopPropagation();
      current.current();
    }
    document.addEventListener('keydown', pressed, { capture: true });
    return () => document.removeEventListener('keydown', pressed, { capture: true });
  }, [on]);
}
