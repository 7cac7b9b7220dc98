import type { CreatedSink } from '@nexomatic/contracts/sink-api';
import { Link, useParams } from '@remix-run/react';
import { useEffect, useRef } from 'react';
import { CodeBlock } from '../components/code-block.tsx';
import { standingTokenCommand } from './join-commands.ts';

/** The one time that a standing token can be read, and what to do with it. */
export function TokenSteps({ sink, hubUrl }: { sink: CreatedSink; hubUrl: string }) {
  const { tenant = '' } = useParams();
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), []);
  return (
    <section className="card join-card" aria-labelledby="token-title">
      <h2 id="token-title" ref={heading} tabIndex={-1} className="text-lg">
        Give this token to {sink.name}
      </h2>
      <CodeBlock code={sink.token} label="the token" />
      <p className="text-muted text-sm">
        It is shown this once. Whoever has it is this sink, for as long as it is not revoked: keep it where the platform
        keeps its secrets, and give it to one agent alone.
      </p>
      <p className="text-muted text-sm">In Docker, for example, with the modules in a folder of the host:</p>
      <CodeBlock code={standingTokenCommand({ hubUrl, token: sink.token })} label="the line for Docker" />
      <p className="text-sm">
        <Link to={`/t/${tenant}/sinks/${sink.id}`} className="link">
          See {sink.name}
        </Link>
      </p>
    </section>
  );
}
