import { useEffect, useRef, useState } from 'react';
import type { ShownRow } from './merge-rows.ts';

/** Arrivals are told in batches: a busy list must not talk all the time. */
const everyMs = 5_000;

/** Tells screen readers what has come: "12 new events, 1 error". */
export function NewRowsNotice({ rows, openedAt, waiting }: { rows: ShownRow[]; openedAt: string; waiting: number }) {
  const [text, setText] = useState('');
  const came = rows.filter((row) => row.event.id > openedAt);
  const failed = came.filter((row) => row.event.state === 'ERROR').length;
  const now = useRef('');
  now.current = sentence(came.length + waiting, failed);
  useEffect(() => {
    const timer = setInterval(() => setText(now.current), everyMs);
    return () => clearInterval(timer);
  }, []);
  return (
    <p className="sr-only" aria-live="polite">
      {text}
    </p>
  );
}

function sentence(came: number, failed: number): string {
  if (came === 0) return '';
  const events = came === 1 ? '1 new event' : `${came} new events`;
  return failed === 0 ? events : `${events}, ${failed} ${failed === 1 ? 'error' : 'errors'}`;
}
