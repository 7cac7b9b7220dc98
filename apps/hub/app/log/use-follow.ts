import { type RefObject, useEffect, useRef, useState } from 'react';
import { useBeforePaint } from '../frame/use-before-paint.ts';

/** This near to the end counts as being there. */
const nearEnd = 24;

/**
 * Keeps a pane at its end while lines are added, until its reader scrolls up; then counts what came since. `start` says
 * whether it begins that way.
 */
export function useFollow(pane: RefObject<HTMLElement | null>, count: number, start: boolean) {
  const [following, setFollowing] = useState(start);
  /** How many lines there were when its reader left the end; null for somebody who never was there. */
  const [leftAt, setLeftAt] = useState<number | null>(null);
  const lastTop = useRef(0);

  useBeforePaint(() => {
    const element = pane.current;
    if (following && element && count > 0) element.scrollTop = element.scrollHeight;
  }, [following, count, pane]);

  useEffect(() => {
    const element = pane.current;
    if (!element) return;
    function scrolled(): void {
      if (!element) return;
      const atEnd = element.scrollHeight - element.scrollTop - element.clientHeight < nearEnd;
      // Only a move upwards is a wish to stay; growing content also fires this event.
      if (element.scrollTop < lastTop.current - 1 && !atEnd) setFollowing(false);
      else if (atEnd) setFollowing(true);
      lastTop.current = element.scrollTop;
    }
    element.addEventListener('scroll', scrolled, { passive: true });
    return () => element.removeEventListener('scroll', scrolled);
  }, [pane]);

  useEffect(() => {
    if (following) setLeftAt(count);
  }, [following, count]);

  return {
    following,
    unseen: following || leftAt === null ? 0 : Math.max(0, count - leftAt),
    follow: () => setFollowing(true),
    stay: () => setFollowing(false),
  };
}
