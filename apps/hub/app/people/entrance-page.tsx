import type { ReactNode } from 'react';
import { BrandMark } from '../components/brand-mark.tsx';

/** The page of somebody who is not inside yet: the product's name, one heading, one thing to do. */
export function EntrancePage(props: { title: string; intro?: ReactNode; children?: ReactNode }) {
  const { title, intro, children } = props;
  return (
    <main className="entrance">
      <div className="entrance-box">
        <div className="flex items-center gap-2.5">
          <BrandMark size={26} />
          <span className="font-semibold text-lg">Nexomatic</span>
        </div>
        <h1 className="mt-6 text-xl">{title}</h1>
        {intro ? <p className="mt-2 text-pretty text-muted">{intro}</p> : null}
        {children ? <div className="mt-6 flex flex-col gap-4">{children}</div> : null}
      </div>
    </main>
  );
}

/** The one button of such a page. */
export function EntranceButton({ busy, word, busyWord }: { busy: boolean; word: string; busyWord: string }) {
  return (
    <button type="submit" className="button-primary h-9 w-full" disabled={busy}>
      {busy ? busyWord : word}
    </button>
  );
}
