import type { EventTypeSummary, PayloadSample } from '@nexomatic/contracts/event-type-api';
import { CodeBlock } from '../components/code-block.tsx';

/** What payloads must be, by what they can be found, and what they lately were. */
export function SchemaPanel({ eventType, samples }: { eventType: EventTypeSummary; samples: PayloadSample | null }) {
  const { payloadSchema, searchKeys } = eventType;
  return (
    <div className="columns">
      <div className="stack">
        <section className="card panel" aria-labelledby="schema-title">
          <h2 id="schema-title">Payload schema</h2>
          {payloadSchema === null ? (
            <p className="text-muted text-sm">None: every payload is taken.</p>
          ) : (
            <CodeBlock code={payloadSchema} label="the schema" />
          )}
        </section>
        <section className="card panel" aria-labelledby="keys-title">
          <h2 id="keys-title">Search keys</h2>
          {searchKeys.length === 0 ? (
            <p className="text-muted text-sm">None: its events are found by everything but their payload.</p>
          ) : (
            <ul className="ref-list">
              {searchKeys.map((key) => (
                <li key={key}>
                  <code>payload.{key}</code>
                </li>
              ))}
            </ul>
          )}
        </section>
      </div>
      <section className="card panel" aria-labelledby="seen-title">
        <h2 id="seen-title">Lately in payloads</h2>
        {samples && samples.paths.length > 0 ? (
          <table className="plain">
            <thead>
              <tr>
                <th scope="col">Key</th>
                <th scope="col">Type</th>
                <th scope="col">In</th>
              </tr>
            </thead>
            <tbody>
              {samples.paths.map(({ path, types, seen, example }) => (
                <tr key={path}>
                  <th scope="row">
                    <code className="break-all" title={example}>
                      {path}
                    </code>
                  </th>
                  <td data-label="Type">{types.join(', ')}</td>
                  <td data-label="In" className="tabular-nums">
                    {seen} of {samples.looked}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        ) : (
          <p className="text-muted text-sm">There is no payload with keys yet.</p>
        )}
      </section>
    </div>
  );
}
