import type { ParameterInput, ParameterKind } from '@nexomatic/contracts/definition-api';

const kinds: Record<ParameterKind, string> = { STATIC: 'fixed', DATA: 'from payload', SECRET: 'secret' };

/** Parameters as they are defined, to be read. */
export function ParameterTable({ parameters }: { parameters: readonly ParameterInput[] }) {
  if (parameters.length === 0) return <p className="text-muted text-sm">None.</p>;
  return (
    <table className="plain">
      <thead>
        <tr>
          <th scope="col">Key</th>
          <th scope="col">Kind</th>
          <th scope="col">Value</th>
        </tr>
      </thead>
      <tbody>
        {parameters.map(({ key, kind, value }) => (
          <tr key={key}>
            <th scope="row">
              <code className="break-all">{key}</code>
            </th>
            <td data-label="Kind">{kinds[kind]}</td>
            <td data-label="Value">
              <code className="whitespace-pre-wrap break-all">{value}</code>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
