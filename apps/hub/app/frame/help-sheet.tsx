import { Dialog } from '@base-ui/react/dialog';
import { Link } from '@remix-run/react';
import { X } from '../components/icons.ts';
import { keyHelp, useKeysEnabled } from './keys.ts';
import type { NavSection } from './nav.ts';

/** The list of keys. Loaded when it is first opened; its button stands in the header. */
export function HelpSheet(props: {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  home: string;
  sections: readonly NavSection[];
}) {
  const { open, onOpenChange, home, sections } = props;
  const [enabled, setEnabled] = useKeysEnabled();
  const pages = sections.flatMap(({ entries }) => entries.map(({ key, word }) => ({ key: `g ${key}`, does: word })));
  return (
    <Dialog.Root open={open} onOpenChange={onOpenChange}>
      <Dialog.Portal>
        <Dialog.Backdrop className="dialog-backdrop" />
        <Dialog.Popup className="dialog">
          <div className="flex items-center justify-between gap-4">
            <Dialog.Title className="text-lg">Keyboard shortcuts</Dialog.Title>
            <Dialog.Close className="icon-button" aria-label="Close">
              <X size={16} aria-hidden="true" />
            </Dialog.Close>
          </div>
          {[...keyHelp, { area: 'Go to', keys: pages }].map(({ area, keys }) => (
            <section key={area} className="mt-4">
              <h3 className="text-xs text-muted">{area}</h3>
              <dl className="mt-1">
                {keys.map(({ key, does }) => (
                  <div
                    key={`${key} ${does}`}
                    className="flex items-baseline justify-between gap-4 border-line border-b py-1.5 last:border-0"
                  >
                    <dt className="order-2">
                      <span className="inline-flex gap-1">
                        {key.split(' ').map((part) => (
                          <kbd key={part} className="key-cap">
                            {part}
                          </kbd>
                        ))}
                      </span>
                    </dt>
                    <dd className="text-sm">{does}</dd>
                  </div>
                ))}
              </dl>
            </section>
          ))}
          <p className="mt-5 text-sm">
            <a href="/api" className="link">
              API reference
            </a>
            {' · '}
            <a href="/errors" className="link">
              What error codes mean
            </a>
          </p>
          <label className="mt-3 flex min-h-6 items-center gap-2 text-sm">
            <input type="checkbox" checked={enabled} onChange={(event) => setEnabled(event.target.checked)} />
            Single-letter keys work
          </label>
          {home.startsWith('/t/') ? (
            <Link
              to={`${home}?first-steps`}
              className="link mt-3 inline-block text-sm"
              onClick={() => onOpenChange(false)}
            >
              Show the first steps again
            </Link>
          ) : null}
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  );
}
