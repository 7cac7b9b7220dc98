import type { RequestDetail } from '@nexomatic/contracts/request-api';
import { BodyView } from '../../json/body-view.tsx';

interface RequestContentProps extends Pick<RequestDetail, 'body' | 'headers' | 'contentType'> {
  id: string;
  size: number;
  /** What is said where there is no body. */
  without: string;
}

/** What a request held: its body as it was sent, and its headers without credentials. */
export function RequestContent({ id, body, headers, contentType, size, without }: RequestContentProps) {
  return (
    <>
      <section aria-labelledby="body-title">
        <h3 id="body-title" className="request-part">
          Body
        </h3>
        {body ? (
          <div className="request-body">
            <BodyView
              key={id}
              name="body"
              body={{ text: body.text, truncated: !body.complete, contentType, size }}
              downloadUrl={body.complete ? fileOf(body) : null}
            />
          </div>
        ) : (
          <p className="text-muted text-sm">{without}</p>
        )}
      </section>
      <section aria-labelledby="headers-title">
        <h3 id="headers-title" className="request-part">
          Headers
        </h3>
        <Headers headers={headers} />
      </section>
    </>
  );
}

function Headers({ headers }: Pick<RequestDetail, 'headers'>) {
  if (headers.length === 0) return <p className="text-muted text-sm">None are kept.</p>;
  return (
    <table className="plain request-headers">
      <thead className="sr-only">
        <tr>
          <th scope="col">Header</th>
          <th scope="col">Value</th>
        </tr>
      </thead>
      <tbody>
        {headers.map(({ name, value, masked }, index) => (
          <tr key={`${name} ${index}`}>
            <th scope="row">
              <code>{name}</code>
            </th>
            <td>
              {masked ? (
                <span className="text-faint" title="A credential or signature: it was not kept">
                  masked {value}
                </span>
              ) : (
                <code className="break-all">
                  <bdi>{value}</bdi>
                </code>
              )}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** The whole body as a file, out of the page itself. */
const fileOf = ({ text, base64 }: NonNullable<RequestDetail['body']>): string =>
  text === null
    ? `data:application/octet-stream;base64,${base64 ?? ''}`
    : `data:application/octet-stream,${encodeURIComponent(text)}`;
