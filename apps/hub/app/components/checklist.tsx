import type { ReactNode } from 'react';
import { Circle, CircleCheck } from './icons.ts';

interface ChecklistProps {
  label: string;
  items: readonly { key: string; done: boolean; word: ReactNode; help?: ReactNode }[];
}

/** Steps that tick themselves. Whether one is done is said in words as well. */
export function Checklist({ label, items }: ChecklistProps) {
  return (
    <ol className="checklist" aria-label={label}>
      {items.map(({ key, done, word, help }) => {
        const Icon = done ? CircleCheck : Circle;
        return (
          <li key={key} data-done={done || undefined}>
            <Icon size={16} aria-hidden="true" />
            <div className="min-w-0">
              <span className="sr-only">{done ? 'Done: ' : 'To do: '}</span>
              <span className="checklist-word">{word}</span>
              {help && !done ? <div className="form-help">{help}</div> : null}
            </div>
          </li>
        );
      })}
    </ol>
  );
}
