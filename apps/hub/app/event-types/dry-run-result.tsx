import type { DryRun } from '@nexomatic/contracts/event-type-api';
import { CircleCheck, OctagonX } from '../components/icons.ts';

const origins = { action: 'action', event_type: 'event type' } as const;
const kinds = { STATIC: 'fixed', DATA: 'from payload', SECRET: 'secret' } as const;

/** What a dry check found: whether the module would start, and what it would get. */
export function DryRunResult({ result: { ok, problems, payloadErrors, parameters } }: { result: DryRun }) {
  const faults = [
    ...payloadErrors.map(({ path, message }) => `Payload ${path || 'as a whole'} ${message}.`),
    ...problems,
    ...parameters.flatMap(({ problem }) => (problem ? [`${problem.charAt(0).toUpperCase()}${problem.slice(1)}.`] : [])),
  ];
  return (
    <div className="stack">
      <p className="dry-verdict" data-ok={ok || undefined}>
        {ok ? <CircleCheck size={16} aria-hidden="true" /> : <OctagonX size={16} aria-hidden="true" />}
        {ok
          ? 'The module would start with these values. Nothing was fired.'
          : 'The module would not start. Nothing was fired.'}
      </p>
      {faults.length > 0 ? (
        <ul className="problem-errors text-sm">
          {faults.map((fault) => (
            <li key={fault}>{fault}</li>
          ))}
        </ul>
      ) : null}
      {parameters.length > 0 ? (
        <table className="plain">
          <thead>
            <tr>
              <th scope="col">Parameter</th>
              <th scope="col">Kind</th>
              <th scope="col">Of the</th>
              <th scope="col">Value</th>
            </tr>
          </thead>
          <tbody>
            {parameters.map(({ key, kind, origin, value, json, problem }) => (
              <tr key={key}>
                <th scope="row">
                  <code className="break-all">{key}</code>
                </th>
                <td data-label="Kind">{kinds[kind]}</td>
                <td data-label="Of the">{origins[origin]}</td>
                <td data-label="Value">
                  {problem ? (
                    <span className="text-error">{problem}</span>
                  ) : (
                    <code className="whitespace-pre-wrap break-all">{json ?? `secret ${value}`}</code>
                  )}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      ) : null}
    </div>
  );
}
