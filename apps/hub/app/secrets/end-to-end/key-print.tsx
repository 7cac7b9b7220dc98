import { boxKeyFingerprint } from '@nexomatic/sealing/key-fingerprint';
import { useEffect, useState } from 'react';
import { TriangleAlert } from '../../components/icons.ts';

interface ToldKey {
  /** Base64url. */
  boxKey: string;
  /** As the hub tells it. */
  fingerprint: string;
}

/**
 * The fingerprint of a key, made by this browser from the key itself that is sealed to: what the hub says of it is what comparing is
 * to find out. Empty until the page is awake.
 */
export function useKeyPrint(boxKey: string): string {
  const [made, setMade] = useState({ of: '', print: '' });
  useEffect(() => setMade({ of: boxKey, print: boxKey && boxKeyFingerprint(boxKey) }), [boxKey]);
  return made.of === boxKey ? made.print : '';
}

/** A key's fingerprint, in groups that are compared one by one; says so where the hub tells another one. */
export function KeyPrint({ sealKey: { boxKey, fingerprint } }: { sealKey: ToldKey }) {
  const print = useKeyPrint(boxKey);
  return (
    <>
      <code className="key-print" aria-busy={print === '' ? true : undefined}>
        {print || '···· '.repeat(8).trim()}
      </code>
      {print !== '' && print !== fingerprint ? (
        <p className="form-error">
          <TriangleAlert size={14} aria-hidden="true" />
          The hub tells another fingerprint for this key: {fingerprint}. Do not use the key, and ask whoever runs the
          hub.
        </p>
      ) : null}
    </>
  );
}
