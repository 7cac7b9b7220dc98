import { lazy, Suspense, useState } from 'react';
import { Search } from '../components/icons.ts';
import type { PaletteSheetProps } from './palette-sheet.tsx';
import { useRememberPage } from './recent-pages.ts';
import { useBeforePaint } from './use-before-paint.ts';

const load = () => import('./palette-sheet.tsx');
const PaletteSheet = lazy(() => load().then((module) => ({ default: module.PaletteSheet })));

/** The button that looks like a search field, and Ctrl-K or ⌘-K: both open the palette, which is fetched then. */
export function Palette(props: Omit<PaletteSheetProps, 'open' | 'onOpenChange'>) {
  const [open, setOpen] = useState(false);
  const [wanted, setWanted] = useState(false);
  useRememberPage();
  useBeforePaint(() => {
    function pressed(event: KeyboardEvent): void {
      if (event.key.toLowerCase() !== 'k' || !(event.ctrlKey || event.metaKey) || event.altKey || event.shiftKey)
        return;
      event.preventDefault();
      setWanted(true);
      setOpen((now) => !now);
    }
    document.addEventListener('keydown', pressed);
    return () => document.removeEventListener('keydown', pressed);
  }, []);
  return (
    <>
      <button
        type="button"
        className="palette-button"
        aria-haspopup="dialog"
        aria-keyshortcuts="Control+K Meta+K"
        onPointerEnter={() => {
          load().catch(() => undefined);
        }}
        onClick={() => {
          setWanted(true);
          setOpen(true);
        }}
      >
        <Search size={14} aria-hidden="true" />
        <span>Go to or do…</span>
        <kbd className="key-cap">Ctrl K</kbd>
      </button>
      {wanted ? (
        <Suspense fallback={null}>
          <PaletteSheet {...props} open={open} onOpenChange={setOpen} />
        </Suspense>
      ) : null}
    </>
  );
}
