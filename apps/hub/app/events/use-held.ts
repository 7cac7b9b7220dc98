import { type PointerEvent, useEffect, useState } from 'react';

/** Whether a list has to keep its rows in place: a mouse is over it, the focus is in it, or it is scrolled out of the top. */
export function useHeld(): {
  held: boolean;
  holders: {
    onPointerEnter: (event: PointerEvent) => void;
    onPointerLeave: () => void;
    onFocus: () => void;
    onBlur: () => void;
  };
} {
  const [pointed, setPointed] = useState(false);
  const [focused, setFocused] = useState(false);
  const scrolled = useScrolled();
  return {
    held: pointed || focused || scrolled,
    holders: {
      // A finger is over a row only while it touches; scrolling tells the rest.
      onPointerEnter: (event) => setPointed(event.pointerType !== 'touch'),
      onPointerLeave: () => setPointed(false),
      onFocus: () => setFocused(true),
      onBlur: () => setFocused(false),
    },
  };
}

/** Far enough for the first row to have left its place. */
const scrolledFrom = 120;

function useScrolled(): boolean {
  const [scrolled, setScrolled] = useState(false);
  useEffect(() => {
    const read = (): void => setScrolled(window.scrollY > scrolledFrom);
    read();
    window.addEventListener('scroll', read, { passive: true });
    return () => window.removeEventListener('scroll', read);
  }, []);
  return scrolled;
}
