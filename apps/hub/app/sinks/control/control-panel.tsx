import type { SinkCommand } from '@nexomatic/contracts/signal-api';
import type { SinkDetail } from '@nexomatic/contracts/sink-api';
import { CodeBlock } from '../../components/code-block.tsx';
import { Explain } from '../../components/explain.tsx';
import { CommandRow } from './command-row.tsx';

/** Everything that a sink can be told, mildest first. */
export function ControlPanel({ sink }: { sink: SinkDetail }) {
  if (sink.credential === 'revoked')
    return (
      <Explain warning fix={{ word: 'Add it again', to: '../new' }}>
        Its credential was revoked, so there is no agent that could hear a signal. It has to join anew.
      </Explain>
    );
  const running = sink.runningEvents.length;
  const work: SinkCommand[] = [sink.pausedAt ? 'resume' : 'pause', 'reset', ...resumable(sink)];
  return (
    <div className="columns">
      <section className="card panel" aria-labelledby="work-title">
        <h2 id="work-title">Work</h2>
        <ul className="commands">
          {work.map((kind) => (
            <CommandRow key={kind} kind={kind} name={sink.name} running={running} />
          ))}
        </ul>
        {sink.credential === 'keys' ? (
          <div className="commands-note">
            <p className="text-muted text-sm">New keys are made on its machine, and the old ones open nothing then:</p>
            <CodeBlock code="nexomatic-sink rotate-key" label="the command that makes new keys" />
          </div>
        ) : null}
      </section>
      <section className="card panel" aria-labelledby="end-title">
        <h2 id="end-title">End</h2>
        <ul className="commands">
          {(['drain', 'kill', 'force_kill'] as const).map((kind) => (
            <CommandRow key={kind} kind={kind} name={sink.name} running={running} />
          ))}
        </ul>
      </section>
    </div>
  );
}

/** What is on its way to an end can be called back. */
const resumable = ({ pausedAt, status }: SinkDetail): SinkCommand[] =>
  !pausedAt && (status === 'DRAINING' || status === 'RESETTING' || status === 'KILLING') ? ['resume'] : [];
