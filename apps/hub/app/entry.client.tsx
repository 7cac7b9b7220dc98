import { RemixBrowser } from '@remix-run/react';
import { StrictMode, startTransition } from 'react';
import { hydrateRoot } from 'react-dom/client';
import { Running } from './frame/running.tsx';

/**
 * Settles once the page's data is decoded. Remix begins that in its first rendering, and throws the promise of it with no
 * boundary around: a key that is pressed meanwhile makes React 18 render at once, which fails then (its error 345). So the
 * first rendering is asked for here, before React listens to keys.
 */
async function dataDecoded(): Promise<void> {
  try {
    RemixBrowser({});
  } catch (pending) {
    if (pending instanceof Promise) await pending;
  }
}

/**
 * Remix reads the end of an answer beside the page that shows it, and catches nothing there: when a visit is overtaken by
 * the next one, the browser cancels what is still on its way, and that would be noted as a fault of the page.
 */
window.addEventListener('unhandledrejection', (event) => {
  if (event.reason instanceof DOMException && event.reason.name === 'AbortError') event.preventDefault();
});

void dataDecoded().then(() =>
  startTransition(() => {
    hydrateRoot(
      document,
      <StrictMode>
        <Running>
          <RemixBrowser />
        </Running>
      </StrictMode>,
    );
  }),
);
