import { useRef } from 'react';
import { isKeyOurs } from './keys.ts';
import { useBeforePaint } from './use-before-paint.ts';

/** How long `g` waits for the letter that says where to. */
const waitMs = 1_500;

/** `g`, then a letter, goes to a page. Listens before everybody else, so that the letter means nothing else then. */
export function useGoKeys(targets: Readonly<Record<string, string>>, go: (to: string) => void): void {
  const current = useRef({ targets, go });
  current.current = { targets, go };
  useBeforePaint(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const waiting = (): boolean => timer !== undefined;
    const stop = (): void => {
      clearTimeout(timer);
      timer = undefined;
    };
    function pressed(event: KeyboardEvent): void {
      if (!isKeyOurs(event) || event.key.length !== 1) return;
      if (!waiting()) {
        if (event.key === 'g') timer = setTimeout(stop, waitMs);
        return;
      }
      stop();
      event.preventDefault();
      event.stopImmediatePropagation();
      const to = current.current.targets[event.key];
      if (to !== undefined) current.current.go(to);
    }
    window.addEventListener('keydown', pressed, { capture: true });
    return () => {
      stop();
      window.removeEventListener('keydown', pressed, { capture: true });
    };
  }, []);
}
