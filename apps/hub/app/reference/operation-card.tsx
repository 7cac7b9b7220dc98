import { Link } from '@remix-run/react';
import { Fragment, useState } from 'react';
import { CodeBlock } from '../components/code-block.tsx';
import { type ApiDocument, curlOf, type ListedOperation, type Schema } from './open-api.ts';
import { FieldLine, SchemaFields } from './schema-fields.tsx';

/** One operation: a line that opens to parameters, body and answers. */
export function OperationCard({ operation, document }: { operation: ListedOperation; document: ApiDocument }) {
  const [opened, setOpened] = useState(false);
  const { method, path, summary, operationId } = operation;
  return (
    // What is inside is drawn when it is first wanted: the whole of it is thousands of lines.
    <details className="operation" id={operationId} onToggle={(event) => event.currentTarget.open && setOpened(true)}>
      <summary>
        <span className="operation-method" data-method={method}>
          {method.toUpperCase()}
        </span>
        <code className="operation-path">{path}</code>
        <span className="text-muted">{summary}</span>
      </summary>
      {opened ? <OperationBody operation={operation} document={document} /> : null}
    </details>
  );
}

function OperationBody({ operation, document }: { operation: ListedOperation; document: ApiDocument }) {
  const { description, parameters = [], requestBody, responses } = operation;
  const body = schemaOf(requestBody?.content);
  const answers = Object.entries(responses);
  const good = answers.filter(([status]) => status.startsWith('2'));
  const bad = answers.filter(([status]) => !status.startsWith('2'));
  return (
    <div className="operation-body">
      {description ? <p>{description}</p> : null}
      <CodeBlock code={curlOf(operation, document.servers?.[0]?.url ?? '')} label="the call" />
      {parameters.length > 0 ? <h4>Parameters</h4> : null}
      {parameters.map(({ name, schema = {}, required, ...rest }) => (
        <FieldLine
          key={name}
          name={rest.in === 'header' ? `${name}:` : name}
          field={schema}
          required={required === true}
          description={rest.description}
        />
      ))}
      {body ? (
        <>
          <h4>Body</h4>
          <SchemaFields schema={body} document={document} />
        </>
      ) : null}
      {good.map(([status, { description: text, content }]) => {
        const schema = schemaOf(content);
        return (
          <Fragment key={status}>
            <h4>
              Answer {status} <span className="font-normal text-muted">{text}</span>
            </h4>
            {schema ? <SchemaFields schema={schema} document={document} /> : null}
          </Fragment>
        );
      })}
      <h4>Refusals</h4>
      <ul className="refusals">
        {bad.map(([status, { description: text }]) => (
          <li key={status}>
            <span className="text-faint tabular-nums">{status}</span> <Codes text={text ?? ''} />
          </li>
        ))}
      </ul>
    </div>
  );
}

/** The codes of a refusal, as links to what they mean. */
const Codes = ({ text }: { text: string }) =>
  [...text.matchAll(/`(\w+)`/g)].map(([, code = '']) => (
    <Link key={code} to={`/errors/${code}`} className="link mr-2">
      <code>{code}</code>
    </Link>
  ));

const schemaOf = (content: Record<string, { schema?: Schema }> | undefined): Schema | undefined =>
  Object.values(content ?? {})[0]?.schema;
