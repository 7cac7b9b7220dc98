import type { EventDetail } from '@nexomatic/contracts/event-api';
import { EmptyState } from '../components/empty-state.tsx';

type Attempt = EventDetail['attempts'][number];

/** What an attempt was given, and where each value came from. */
export function ParametersTable({ attempt, ended }: { attempt: Attempt | undefined; ended: boolean }) {
  if (!attempt && ended)
    return <EmptyState title="Not resolved">The event ended before an attempt could be given any.</EmptyState>;
  if (!attempt)
    return <EmptyState title="Not resolved yet">Parameters are resolved when a sink takes the event.</EmptyState>;
  if (attempt.parameters.length === 0) {
    return <EmptyState title="No parameters">Neither the event type nor its action has any.</EmptyState>;
  }
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a pane that scrolls has to be reachable by keyboard
    <section className="scroll-x" aria-label="Parameters" tabIndex={0}>
      <table className="plain">
        <thead>
          <tr>
            <th scope="col">Name</th>
            <th scope="col">Kind</th>
            <th scope="col">From</th>
            <th scope="col">Value</th>
          </tr>
        </thead>
        <tbody>
          {attempt.parameters.map(({ key, kind, origin, json, secret }) => (
            <tr key={key}>
              <th scope="row">{key}</th>
              <td className="text-muted text-xs">{kind}</td>
              <td className="text-muted">{origin.replace('_', ' ')}</td>
              <td>
                {secret ? (
                  <>
                    <code className="break-all">{secret.name}</code>
                    <span className="text-muted"> · v{secret.version}, value not shown</span>
                  </>
                ) : (
                  <code className="break-all">{json}</code>
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
