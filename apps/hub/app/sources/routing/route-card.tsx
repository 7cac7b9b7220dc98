import type { Dispatch } from 'react';
import { Badge } from '../../components/badge.tsx';
import type { Choice } from '../../components/form/combobox-field.tsx';
import { RowButtons } from '../../components/form/row-buttons.tsx';
import { CircleCheck, CircleX, Plus, TriangleAlert } from '../../components/icons.ts';
import { type ConditionOutcome, ConditionRow } from './condition-row.tsx';
import { EventTypeChoice } from './event-type-choice.tsx';
import type { RouteDraft, RoutingChange } from './routing-draft.ts';

export interface RouteOutcome {
  conditions: readonly ConditionOutcome[];
  matches: boolean;
  /** It matches, but one before it did already. */
  passedOver: boolean;
}

interface RouteCardProps {
  route: RouteDraft;
  index: number;
  count: number;
  eventTypes: readonly Choice[];
  outcome: RouteOutcome | undefined;
  /** Faults that the hub found, by what they are about below the route: `when[0].at`. */
  faults: readonly { path: string; message: string }[];
  lists: { header: string; body: string };
  idOf: (part: string) => string;
  change: Dispatch<RoutingChange>;
  onMove: (step: -1 | 1) => void;
  onRemove: () => void;
}

/** All conditions hold → this event type fires. */
export function RouteCard(props: RouteCardProps) {
  const { route, index, count, eventTypes, outcome, faults, lists, idOf, change, onMove, onRemove } = props;
  const number = index + 1;
  const at = (place: string) => faults.filter(({ path }) => path.startsWith(place)).map(({ message }) => message);
  const faultsOfTarget = at('eventTypeId');
  return (
    <li className="route" data-matches={outcome?.matches}>
      <div className="route-head">
        <h3 className="route-number">Route {number}</h3>
        {outcome ? <Matches {...outcome} /> : null}
        <span className="route-buttons">
          <RowButtons
            name={`route ${number}`}
            index={index}
            count={count}
            idOf={idOf}
            onMove={onMove}
            onRemove={onRemove}
          />
        </span>
      </div>
      {route.when.map((condition, place) => (
        <ConditionRow
          key={condition.key}
          condition={condition}
          name={`condition ${place + 1} of route ${number}`}
          first={place === 0}
          removable={route.when.length > 1}
          outcome={outcome?.conditions[place]}
          faults={at(`when[${place}]`)}
          lists={lists}
          onChange={(edit) => change({ do: 'set-condition', route: index, condition: place, change: edit })}
          onRemove={() => change({ do: 'remove-condition', route: index, condition: place })}
        />
      ))}
      <div className="route-add">
        <button
          type="button"
          className="button-quiet"
          disabled={route.when.length >= 10}
          onClick={() => change({ do: 'add-condition', route: index })}
        >
          <Plus size={14} aria-hidden="true" />
          And…<span className="sr-only"> another condition of route {number}</span>
        </button>
      </div>
      <div className="route-target">
        <span className="condition-word" aria-hidden="true">
          fires
        </span>
        <div className="form-field">
          <EventTypeChoice
            id={idOf('target')}
            label={`Event type that route ${number} fires`}
            options={eventTypes}
            value={route.eventTypeId}
            onChange={(eventTypeId) => change({ do: 'set-route', route: index, eventTypeId })}
            placeholder="Choose an event type"
            required
            invalid={faultsOfTarget.length > 0}
          />
          {faultsOfTarget.length > 0 ? (
            <p className="form-error">
              <TriangleAlert size={14} aria-hidden="true" />
              <span>{faultsOfTarget.join(' ')}</span>
            </p>
          ) : null}
        </div>
      </div>
    </li>
  );
}

function Matches({ matches, passedOver }: RouteOutcome) {
  if (matches && passedOver) return <Badge icon={<CircleCheck aria-hidden="true" />}>matches, after the first</Badge>;
  return matches ? (
    <Badge tone="good" icon={<CircleCheck aria-hidden="true" />}>
      matches
    </Badge>
  ) : (
    <Badge icon={<CircleX aria-hidden="true" />}>does not match</Badge>
  );
}
