import type { ParameterInput } from '@nexomatic/contracts/definition-api';
import type { EventTypeSummary } from '@nexomatic/contracts/event-type-api';
import { ParameterTable } from '../parameters/parameter-table.tsx';
import { Name } from './event-type-overview.tsx';

/** What a module gets: the values of the event type, and those of its action that it leaves as they are. */
export function ParametersPanel({ eventType, ofAction }: { eventType: EventTypeSummary; ofAction: ParameterInput[] }) {
  const own = new Set(eventType.parameters.map(({ key }) => key));
  const hidden = ofAction.filter(({ key }) => own.has(key)).map(({ key }) => key);
  return (
    <div className="stack">
      <section className="card panel" aria-labelledby="own-title">
        <h2 id="own-title">Of the event type</h2>
        <ParameterTable parameters={eventType.parameters} />
      </section>
      <section className="card panel" aria-labelledby="action-title">
        <h2 id="action-title">
          Of the action <Name of={eventType.action} />
        </h2>
        <ParameterTable parameters={ofAction.filter(({ key }) => !own.has(key))} />
        {hidden.length > 0 ? (
          <p className="mt-2 text-muted text-sm">The event type has its own value of {hidden.join(', ')}.</p>
        ) : null}
      </section>
    </div>
  );
}
