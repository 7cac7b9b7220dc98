import { type ApiDocument, fieldsWithin, type Schema, typeWords } from './open-api.ts';

/** Deeper fields are told by their type alone. */
const maxDepth = 4;

/** The fields of a value, each with its type and what it is for; objects within stand indented below theirs. */
export function SchemaFields({
  schema,
  document,
  depth = 0,
}: {
  schema: Schema;
  document: ApiDocument;
  depth?: number;
}) {
  const own = fieldsWithin(schema, document);
  if (!own?.properties || depth >= maxDepth) return null;
  return (
    <ul className="schema-fields">
      {Object.entries(own.properties).map(([name, field]) => (
        <li key={name}>
          <FieldLine name={name} field={field} required={own.required?.includes(name) === true} />
          <SchemaFields schema={field} document={document} depth={depth + 1} />
        </li>
      ))}
    </ul>
  );
}

/** One field, or one parameter of an address. */
export function FieldLine(props: { name: string; field: Schema; required: boolean; description?: string | undefined }) {
  const { name, field, required, description = field.description } = props;
  return (
    <div className="schema-field">
      <code>{name}</code> <span className="text-muted">{typeWords(field)}</span>
      {required ? <span className="text-warning"> required</span> : null}
      {field.default === undefined ? null : (
        <span className="text-faint">
          {' '}
          default <code>{JSON.stringify(field.default)}</code>
        </span>
      )}
      {description ? <div className="form-help">{description}</div> : null}
    </div>
  );
}
