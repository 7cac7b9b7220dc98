import { type Dispatch, useEffect, useRef, useState } from 'react';
import type { Choice } from '../../components/form/combobox-field.tsx';
import { Plus } from '../../components/icons.ts';
import { RouteCard, type RouteOutcome } from './route-card.tsx';
import type { RouteDraft, RoutingChange } from './routing-draft.ts';

interface RouteListProps {
  routes: readonly RouteDraft[];
  outcomes: readonly RouteOutcome[];
  faults: readonly { path: string; message: string }[];
  eventTypes: readonly Choice[];
  change: Dispatch<RoutingChange>;
  mayWrite: boolean;
}

const lists = { header: 'routing-headers', body: 'routing-pointers' };
const most = 50;

/** The routes in their order. The focus stays with what was moved, and goes to the neighbour of what was removed. */
export function RouteList({ routes, outcomes, faults, eventTypes, change, mayWrite }: RouteListProps) {
  const focusNext = useRef<string[]>([]);
  const [said, say] = useState('');
  useEffect(() => {
    const targets = focusNext.current.map((id) => document.getElementById(id));
    focusNext.current = [];
    targets.find((target) => target && !target.matches(':disabled'))?.focus();
  });
  const idOf = (index: number, part: string) => `route-${index}-${part}`;
  function move(index: number, step: -1 | 1): void {
    const [same, other] = step === 1 ? ['down', 'up'] : ['up', 'down'];
    focusNext.current = [idOf(index + step, same ?? ''), idOf(index + step, other ?? '')];
    change({ do: 'move-route', route: index, step });
    say(`Route ${index + 1} is number ${index + 1 + step} now.`);
  }
  function remove(index: number): void {
    focusNext.current = [idOf(Math.min(index, routes.length - 2), 'remove'), 'route-add'];
    change({ do: 'remove-route', route: index });
    say(`Route ${index + 1} removed.`);
  }
  return (
    <section aria-labelledby="routes-title" className="stack">
      <div className="flex flex-wrap items-end justify-between gap-x-4 gap-y-2">
        <div>
          <h2 id="routes-title" className="text-base">
            Routes
          </h2>
          <p className="max-w-prose text-muted text-sm">
            {routes.length === 0
              ? 'None yet: every request fires the same event type. A route sends those with a certain header or value of the body elsewhere.'
              : 'A route matches when all its conditions hold.'}
          </p>
        </div>
      </div>
      {routes.length === 0 ? null : (
        <ol className="routes">
          {routes.map((route, index) => (
            <RouteCard
              key={route.key}
              route={route}
              index={index}
              count={routes.length}
              eventTypes={eventTypes}
              outcome={outcomes[index]}
              faults={faults
                .filter(({ path }) => path.startsWith(`routes[${index}]`))
                .map((fault) => ({ ...fault, path: fault.path.slice(`routes[${index}].`.length) }))}
              lists={lists}
              idOf={(part) => idOf(index, part)}
              change={change}
              onMove={(step) => move(index, step)}
              onRemove={() => remove(index)}
            />
          ))}
        </ol>
      )}
      {mayWrite ? (
        <div>
          <button
            type="button"
            id="route-add"
            className="button"
            disabled={routes.length >= most}
            onClick={() => change({ do: 'add-route' })}
          >
            <Plus size={14} aria-hidden="true" />
            Add a route
          </button>
        </div>
      ) : null}
      <p className="sr-only" aria-live="polite">
        {said}
      </p>
    </section>
  );
}
