import { useEffect, useRef } from 'react';
import { TriangleAlert } from '../components/icons.ts';

/** Why nobody was let in. It takes the focus when it appears, so that it is read out and not missed. */
export function Refusal({ text }: { text: string | null }) {
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (text) box.current?.focus();
  }, [text]);
  if (!text) return null;
  return (
    <div ref={box} className="notice state-ERROR text-sm" role="alert" tabIndex={-1}>
      <TriangleAlert aria-hidden="true" />
      <p>{text}</p>
    </div>
  );
}
