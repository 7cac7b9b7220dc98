import { type FieldChange, fieldChanges } from './diff/field-changes.ts';
import { Minus, Pencil, Plus } from './icons.ts';

const kinds = {
  added: { word: 'Added', Icon: Plus },
  removed: { word: 'Removed', Icon: Minus },
  changed: { word: 'Changed', Icon: Pencil },
} as const;

interface DiffFieldsProps {
  /** The object as it was; null before it was made. */
  before: object | null;
  /** As it is afterwards; null when it is gone. */
  after: object | null;
  /** How fields are called, by the first part of their path. Others are called by the path itself. */
  labels?: Record<string, string>;
}

/** What a change did to an object: a row for each field that was added, removed or changed. */
export function DiffFields({ before, after, labels = {} }: DiffFieldsProps) {
  const changes = fieldChanges(before, after);
  if (changes.length === 0) return <p className="text-muted text-sm">No field differs.</p>;
  return (
    <table className="diff-table">
      <thead>
        <tr>
          <th scope="col">Field</th>
          {before ? <th scope="col">Before</th> : null}
          {after ? <th scope="col">After</th> : null}
        </tr>
      </thead>
      <tbody>
        {changes.map((change) => (
          <tr key={change.path} data-change={change.kind}>
            <th scope="row">
              <Mark kind={change.kind} />
              <span className="break-all">{labelOf(change.path, labels)}</span>
            </th>
            {before ? (
              <td className="diff-before" data-label="Before">
                {'before' in change ? <Value value={change.before} /> : <Nothing />}
              </td>
            ) : null}
            {after ? (
              <td className="diff-after" data-label="After">
                {'after' in change ? <Value value={change.after} /> : <Nothing />}
              </td>
            ) : null}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Mark({ kind }: { kind: FieldChange['kind'] }) {
  const { word, Icon } = kinds[kind];
  return (
    <span className="diff-mark" title={word}>
      <Icon size={12} aria-hidden="true" />
      <span className="sr-only">{word} </span>
    </span>
  );
}

const Nothing = () => <span className="text-faint">—</span>;

/** JSON that is longer takes a line for each part. */
const longestLine = 60;

/** Text as it reads, anything else as JSON: so `"5"` and `5` can be told apart by their looks. */
function Value({ value }: { value: unknown }) {
  if (value === '') return <span className="text-faint">empty</span>;
  if (typeof value === 'string') return <span className="diff-text">{value}</span>;
  const line = JSON.stringify(value);
  return <code className="diff-json">{line.length <= longestLine ? line : JSON.stringify(value, null, 1)}</code>;
}

function labelOf(path: string, labels: Record<string, string>): string {
  const [first = ''] = path.split(/[.[]/, 1);
  const label = Object.hasOwn(labels, first) ? labels[first] : undefined;
  return label === undefined ? path : label + path.slice(first.length);
}
