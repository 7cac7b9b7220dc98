import type { ReactNode } from 'react';

/** Facts about a thing, side by side, each under its name. What is null is left out. */
export function KeyValue({ items }: { items: readonly ({ name: string; value: ReactNode } | null)[] }) {
  return (
    <dl className="facts">
      {items.map((item) =>
        item === null ? null : (
          <div key={item.name}>
            <dt>{item.name}</dt>
            <dd>{item.value}</dd>
          </div>
        ),
      )}
    </dl>
  );
}
