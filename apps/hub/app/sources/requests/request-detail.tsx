import type { RequestDetail } from '@nexomatic/contracts/request-api';
import { Link, useNavigate, useParams } from '@remix-run/react';
import { useEffect, useRef } from 'react';
import { Explain } from '../../components/explain.tsx';
import { X } from '../../components/icons.ts';
import { IdText } from '../../components/id-text.tsx';
import { KeyValue } from '../../components/key-value.tsx';
import { useKeys } from '../../frame/keys.ts';
import { BodyView, formatSize } from '../../json/body-view.tsx';
import { formatAbsolute, instantMs } from '../../time/format-time.ts';
import { useZone } from '../../time/now.ts';
import { OutcomeBadge } from './outcome-badge.tsx';
import { ReplayButton } from './replay-button.tsx';
import { outcomeWords } from './request-words.ts';

interface RequestDetailProps {
  request: RequestDetail;
  /** The list without it. */
  closeTo: string;
}

/** One request: what became of it and why, what it fired, its headers and its body. */
export function RequestDetailPane({ request, closeTo }: RequestDetailProps) {
  const { tenant = '' } = useParams();
  const { id, outcome, status, detail, secret, events, duplicates, replayOf, body } = request;
  const zone = useZone();
  const navigate = useNavigate();
  const heading = useRef<HTMLHeadingElement>(null);
  useKeys({ Escape: () => navigate(closeTo, { preventScrollReset: true }) });
  useEffect(() => heading.current?.focus({ preventScroll: true }), [id]);
  return (
    <section className="card split-detail" aria-labelledby="request-title">
      <div className="flex items-start gap-2">
        <h2
          id="request-title"
          ref={heading}
          tabIndex={-1}
          className="flex min-w-0 flex-1 flex-wrap items-center gap-x-2 text-lg"
        >
          Request <OutcomeBadge outcome={outcome} />
          {status === null ? null : <span className="font-normal text-muted text-sm">answered {status}</span>}
        </h2>
        <Link to={closeTo} className="icon-button" aria-label="Close the request" preventScrollReset>
          <X size={16} aria-hidden="true" />
        </Link>
      </div>
      <Explain warning={outcome === 'refused'}>{detail ? sentence(detail) : outcomeWords[outcome].meaning}</Explain>
      <div className="flex flex-wrap gap-2">
        <ReplayButton request={request} />
        <Link to={`../routing?try=${id}`} relative="path" className="button">
          Try on the routes
        </Link>
      </div>
      <KeyValue
        items={[
          { name: 'Received', value: formatAbsolute(instantMs(request.receivedAt), zone) },
          request.remoteAddress ? { name: 'From', value: <code>{request.remoteAddress}</code> } : null,
          { name: 'Size', value: formatSize(request.bodyBytes) },
          secret ? { name: 'Proved by secret', value: <code>••••{secret.hint}</code> } : null,
          events.length > 0
            ? {
                name: events.length === 1 ? 'Fired' : `Fired ${events.length}`,
                value: events.map((event, index) => (
                  <span key={event.id}>
                    {index === 0 ? '' : ', '}
                    <Link to={`/t/${tenant}/events/${event.id}`} className="link">
                      {event.name}
                    </Link>
                  </span>
                )),
              }
            : null,
          duplicates > 0 ? { name: 'Came again', value: duplicates === 1 ? 'once' : `${duplicates} times` } : null,
          replayOf
            ? {
                name: 'Replays',
                value: (
                  <Link to={`?request=${replayOf}`} className="link" preventScrollReset>
                    an earlier request
                  </Link>
                ),
              }
            : null,
          { name: 'Id', value: <IdText id={id} label="the id of the request" /> },
        ]}
      />
      <section aria-labelledby="body-title">
        <h3 id="body-title" className="request-part">
          Body
        </h3>
        {body ? (
          <div className="request-body">
            <BodyView
              key={id}
              name="body"
              body={{
                text: body.text,
                truncated: !body.complete,
                contentType: request.contentType,
                size: request.bodyBytes,
              }}
              downloadUrl={body.complete ? fileOf(body) : null}
            />
          </div>
        ) : (
          <p className="text-muted text-sm">
            {request.bodyBytes === 0 && outcome !== 'refused'
              ? 'It was empty.'
              : 'It is not kept any more, or was turned away before it was read.'}
          </p>
        )}
      </section>
      <section aria-labelledby="headers-title">
        <h3 id="headers-title" className="request-part">
          Headers
        </h3>
        <Headers headers={request.headers} />
      </section>
    </section>
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

const sentence = (words: string): string => {
  const begun = `${words.charAt(0).toUpperCase()}${words.slice(1)}`;
  return /[.!?]$/.test(begun) ? begun : `${begun}.`;
};
