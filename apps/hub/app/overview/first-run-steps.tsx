import type { FirstSteps } from '@nexomatic/contracts/overview-api';
import { Link } from '@remix-run/react';
import type { ReactNode } from 'react';
import { CodeBlock } from '../components/code-block.tsx';
import type { StepKey } from './first-steps.ts';

interface StepsProps {
  facts: FirstSteps;
  done: Record<StepKey, boolean>;
  tenant: string;
  edgeUrl: string;
}

/** The steps in words, each with how it is done. */
export function stepItems({ facts, done, tenant, edgeUrl }: StepsProps) {
  const help: Record<StepKey, ReactNode> = {
    database: null,
    sink: 'A sink runs your modules. npm start brings one along; its log says why when it does not come online.',
    event: <ReceiveHelp edgeUrl={edgeUrl} />,
    log: <LogHelp facts={facts} tenant={tenant} />,
    edit: <EditHelp facts={facts} tenant={tenant} />,
    type: <TypeHelp tenant={tenant} />,
  };
  return (Object.keys(words) as StepKey[]).map((key) => ({
    key,
    done: done[key],
    word: words[key],
    help: help[key],
  }));
}

const words: Record<StepKey, string> = {
  database: 'Database',
  sink: 'Sink online',
  event: 'Receive an event',
  log: 'See its log',
  edit: 'Edit the module and run it again',
  type: 'Make an event type of your own',
};

const TypeHelp = ({ tenant }: { tenant: string }) => (
  <p>
    An event type says what runs, where, and what follows.{' '}
    <Link to={`/t/${tenant}/event-types/new`} className="link">
      Make one
    </Link>
    . It ticks when there is one that the demo has not made.
  </p>
);

const ReceiveHelp = ({ edgeUrl }: { edgeUrl: string }) => (
  <>
    <p>Send a webhook. npm start has printed this line with the key of the demo’s source, which is shown only there.</p>
    <CodeBlock code={`curl -d '{"name":"Ada"}' ${edgeUrl}/h/YOUR-SOURCE-KEY`} label="the curl command" />
  </>
);

function LogHelp({ facts: { latestEventId }, tenant }: Pick<StepsProps, 'facts' | 'tenant'>) {
  if (latestEventId === null) return 'Each event keeps what its module printed and recorded, line by line.';
  return (
    <Link to={`/t/${tenant}/events/${latestEventId}?tab=log`} className="link">
      Open the log of the latest event
    </Link>
  );
}

function EditHelp({ facts: { demo, latestEventId }, tenant }: Pick<StepsProps, 'facts' | 'tenant'>) {
  const file = demo?.module === 'hello.greet' ? 'apps/sink/examples/demo/hello.py' : null;
  return (
    <>
      {file === null ? (
        <p>Change what an action runs, and run an event again.</p>
      ) : (
        <p>
          <code>{demo?.module}</code> is the function <code>greet</code> in <code>{file}</code>, in the folder in which
          you ran <code>npm start</code>. Change its text and save: the next attempt runs the new text.
        </p>
      )}
      <p>
        {latestEventId === null ? null : (
          <>
            <Link to={`/t/${tenant}/events/${latestEventId}/rerun`} className="link">
              Run the latest event again
            </Link>
            .{' '}
          </>
        )}
        The hub does not see your files: it ticks when an event was run again, or ran a changed version of its action.
      </p>
    </>
  );
}
