import type { Scheme } from '@nexomatic/contracts/verification';
import { Link, useParams } from '@remix-run/react';
import { useEffect, useRef } from 'react';
import { CodeBlock } from '../components/code-block.tsx';
import { CopyAs } from '../components/copy-as.tsx';
import { KeyRound } from '../components/icons.ts';
import { testCurl, testFetch } from './snippets.ts';

/** The one time that a webhook's address can be read in full, and what to do with it. */
export function AddressOnce({ address, scheme }: { address: string; scheme: Scheme | null }) {
  const box = useRef<HTMLElement>(null);
  useEffect(() => box.current?.focus(), []);
  return (
    <section ref={box} className="notice state-RUNNING" aria-labelledby="address-title" tabIndex={-1}>
      <KeyRound aria-hidden="true" />
      <div className="stack min-w-0 flex-1">
        <div>
          <h2 id="address-title" className="text-sm">
            Copy the address now: it is shown this once
          </h2>
          <p className="text-muted text-sm">
            {scheme === null || scheme === 'none' ? 'Whoever has it can send events. ' : ''}
            The hub keeps no more than a hash of its key; an address that was lost is replaced by a new one.
          </p>
        </div>
        <CodeBlock code={address} label="the address" />
        {scheme === null || scheme === 'none' ? (
          <CopyAs label="Send a test request" code={{ curl: testCurl(address), typescript: testFetch(address) }} />
        ) : (
          <NextSteps />
        )}
      </div>
    </section>
  );
}

function NextSteps() {
  const { tenant = '', id } = useParams();
  // The page that has just made the source leads on to the source's own.
  if (id === undefined) return null;
  const page = `/t/${tenant}/sources/${id}`;
  return (
    <p className="flex flex-wrap items-center gap-2 text-sm">
      <Link to={`${page}/verify`} className="button">
        Add its secret
      </Link>
      <Link to={`${page}/set-up`} className="button">
        Set up the sender
      </Link>
    </p>
  );
}
