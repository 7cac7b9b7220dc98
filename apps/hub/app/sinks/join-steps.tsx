import type { CreatedJoinToken } from '@nexomatic/contracts/join-token-api';
import { useEffect, useRef, useState } from 'react';
import { CodeBlock } from '../components/code-block.tsx';
import { TimeText } from '../time/time-text.tsx';
import { joinCommands, type Platform, platforms } from './join-commands.ts';
import { JoinedSinks } from './joined-sinks.tsx';

interface JoinStepsProps {
  token: CreatedJoinToken;
  hubUrl: string;
}

/** The one time that a join token can be read, as the line to run; and what comes of it. */
export function JoinSteps({ token, hubUrl }: JoinStepsProps) {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), []);
  const [platform, setPlatform] = useState<Platform>('linux');
  const commands = joinCommands({ hubUrl, url: token.url });
  const { needs, code, note } = commands[platform];
  return (
    <>
      <section className="card join-card" aria-labelledby="join-title">
        <h2 id="join-title" ref={heading} tabIndex={-1} className="text-lg">
          1. Run this on the machine
        </h2>
        <fieldset className="join-platforms">
          <legend className="sr-only">Where the sink is to run</legend>
          {platforms.map((one) => (
            <label key={one} className="join-platform">
              <input
                type="radio"
                name="platform"
                value={one}
                checked={one === platform}
                onChange={() => setPlatform(one)}
              />
              {commands[one].word}
            </label>
          ))}
        </fieldset>
        <p className="text-muted text-sm">{needs}</p>
        <CodeBlock code={code} label={`the line for ${commands[platform].word}`} />
        <p className="text-muted text-sm">
          {note} The line lets {token.uses === 1 ? 'one machine' : `${token.uses} machines`} in as{' '}
          {token.uses === 1 ? 'a sink' : 'sinks'} of type {token.type.name}, until <TimeText at={token.expiresAt} />. It
          is shown this once.
        </p>
      </section>
      <JoinedSinks token={token} />
    </>
  );
}
