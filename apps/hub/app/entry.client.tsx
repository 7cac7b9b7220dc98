import { RemixBrowser } from '@remix-run/react';
import { StrictMode, startTransition } from 'react';
import { hydrateRoot } from 'react-dom/client';

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

void dataDecoded().then(() =>
  startTransition(() => {
    hydrateRoot(
      document,
      <StrictMode>
        <RemixBrowser />
      </StrictMode>,
    );
  }),
);
