import { lazy, type ReactNode, Suspense } from 'react';
import type { ComboboxBoxProps } from '../../components/form/combobox-box.tsx';
import { TriangleAlert, X } from '../../components/icons.ts';
import type { KeyHolder } from './key-holder.ts';
import { KeyPrint } from './key-print.tsx';
import type { SinkPicks } from './use-sink-picks.ts';

const ComboboxBox = lazy<(props: ComboboxBoxProps) => ReactNode>(() =>
  import('../../components/form/combobox-box.tsx').then((module) => ({ default: module.ComboboxBox })),
);

interface SinkPickListProps {
  id: string;
  holders: readonly KeyHolder[];
  picks: SinkPicks;
  /** Somebody tried to save without a sink. */
  missing: boolean;
}

/** Picks the sinks that a value is sealed to, each with the fingerprint of its key to be compared. */
export function SinkPickList({ id, holders, picks, missing }: SinkPickListProps) {
  const { picked } = picks;
  const keyless = holders.filter(({ key }) => key === null);
  const options = holders
    .filter(({ id: sink, key }) => key && !picked.some((one) => one.id === sink))
    .map(({ id: value, name, type, online }) => ({ value, label: name, hint: online ? type : `${type}, not online` }));
  return (
    <fieldset className="form-field" aria-describedby={`${id}-help`}>
      <legend className="form-label">Sinks</legend>
      {picked.length > 0 ? (
        <ul className="seal-sinks" aria-label="Sinks that it is sealed to">
          {picked.map((sink) => (
            <li key={sink.id}>
              <div className="seal-sink-head">
                <strong className="min-w-0 truncate">{sink.name}</strong>
                <button
                  type="button"
                  className="icon-button ml-auto"
                  aria-label={`Take ${sink.name} away`}
                  onClick={() => {
                    picks.remove(sink.id);
                    document.getElementById(`${id}-add`)?.focus();
                  }}
                >
                  <X size={14} aria-hidden="true" />
                </button>
              </div>
              <KeyPrint sealKey={sink} />
              {hasOtherKey(holders, sink) ? (
                <p className="form-error">
                  <TriangleAlert size={14} aria-hidden="true" />
                  It has another key now. Take it away, add it anew, and compare the fingerprint again.
                </p>
              ) : null}
            </li>
          ))}
        </ul>
      ) : null}
      <Suspense fallback={<span className="input" aria-busy="true" />}>
        <ComboboxBox
          // Made anew with each pick, so that it is empty for the next one.
          key={picked.length}
          options={options}
          value=""
          onChange={(value) => {
            const holder = holders.find((one) => one.id === value);
            if (holder) picks.add(holder);
          }}
          control={{ id: `${id}-add`, 'aria-label': 'Add sink', 'aria-invalid': missing || undefined }}
          placeholder="Add sink"
          empty={holders.length === 0 ? 'There is no sink yet.' : undefined}
        />
      </Suspense>
      {missing ? (
        <p className="form-error">
          <TriangleAlert size={14} aria-hidden="true" />
          Pick at least one sink: nobody else can open it.
        </p>
      ) : null}
      <p id={`${id}-help`} className="form-help">
        Compare each fingerprint with what <code>nexomatic-sink status</code> shows on that machine. It is how you
        notice a key that somebody else put in its place.
        {keyless.length > 0
          ? ` Not to be picked, as they have no keys that last: ${keyless.map(({ name }) => name).join(', ')}. Let them join with keys of their own instead of a standing token.`
          : ''}
      </p>
    </fieldset>
  );
}

const hasOtherKey = (holders: readonly KeyHolder[], { id, boxKey }: SinkPicks['picked'][number]): boolean =>
  holders.some((holder) => holder.id === id && holder.key?.boxKey !== boxKey);
