import { Explain } from '../../components/explain.tsx';
import type { SinkKey } from '../value/seal-value.ts';
import { KeyPrint } from './key-print.tsx';

/** The sinks that a new value of a secret will be sealed to, each with the fingerprint of its key. */
export function SealedTo({ sinks, changed }: { sinks: readonly SinkKey[]; changed: boolean }) {
  if (sinks.length === 0)
    return (
      <Explain warning>
        No sink is granted it by a key that it still has, so nobody could open a new value. Grant it to a sink on the
        page of the secret first.
      </Explain>
    );
  return (
    <div className="form-field">
      <p className="form-label">It will be sealed to</p>
      <ul className="seal-sinks" aria-label="Sinks that it will be sealed to">
        {sinks.map((sink) => (
          <li key={sink.id}>
            <strong className="truncate">{sink.name}</strong>
            <KeyPrint sealKey={sink} />
          </li>
        ))}
      </ul>
      {changed ? (
        <Explain warning>
          These are not the sinks and keys that the value was sealed to. Compare the fingerprints with what{' '}
          <code>nexomatic-sink status</code> shows, then save again.
        </Explain>
      ) : null}
    </div>
  );
}
