import { Link } from '@remix-run/react';
import { useEffect, useRef } from 'react';
import { CodeBlock } from '../components/code-block.tsx';
import { CopyAs } from '../components/copy-as.tsx';
import { CircleCheck } from '../components/icons.ts';

interface MadeTokenProps {
  name: string;
  value: string;
  /** Where the API is. */
  hubUrl: string;
  fires: boolean;
  backTo: string;
}

/** The one time that a token can be read. */
export function MadeToken({ name, value, hubUrl, fires, backTo }: MadeTokenProps) {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), []);
  const curl = fires
    ? `curl -H "authorization: Bearer $NEXOMATIC_TOKEN" -H "content-type: application/json" \\\n  -d '{"type":"EVENT_TYPE","payload":{}}' ${hubUrl}/api/v1/events`
    : `curl -H "authorization: Bearer $NEXOMATIC_TOKEN" ${hubUrl}/api/v1/events`;
  return (
    <section className="card made-token" aria-labelledby="made-token">
      <h2 id="made-token" ref={heading} tabIndex={-1} className="flex items-center gap-2 text-lg">
        <CircleCheck size={18} aria-hidden="true" className="text-success" />
        {name} is ready: copy its value now
      </h2>
      <p className="text-muted text-sm">
        It is shown this once. The hub keeps no more than a hash of it; a token that was lost is revoked and made anew.
      </p>
      <CodeBlock code={value} label="the token" />
      <p className="text-muted text-sm">Put it into the program’s environment as NEXOMATIC_TOKEN, then:</p>
      <CopyAs code={{ curl }} label="A first call" />
      <div>
        <Link to={backTo} className="button-primary">
          I have copied it
        </Link>
      </div>
    </section>
  );
}
