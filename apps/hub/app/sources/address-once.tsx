import { useEffect, useRef } from 'react';
import { CodeBlock } from '../components/code-block.tsx';
import { CopyAs } from '../components/copy-as.tsx';
import { KeyRound } from '../components/icons.ts';
import { testCurl, testFetch } from './snippets.ts';

/** The one time that a webhook's address can be read in full, and how to try it. */
export function AddressOnce({ address }: { address: string }) {
  const box = useRef<HTMLElement>(null);
  useEffect(() => box.current?.focus(), []);
  return (
    <section ref={box} className="notice state-RUNNING" aria-labelledby="address-title" tabIndex={-1}>
      <KeyRound aria-hidden="true" />
      <div className="stack flex-1">
        <div>
          <h2 id="address-title" className="text-sm">
            Copy the address now: it is shown this once
          </h2>
          <p className="text-muted text-sm">
            Whoever has it can send events. The hub keeps no more than a hash of its key; an address that was lost is
            replaced by a new one.
          </p>
        </div>
        <CodeBlock code={address} label="the address" />
        <CopyAs label="Send a test request" code={{ curl: testCurl(address), typescript: testFetch(address) }} />
      </div>
    </section>
  );
}
