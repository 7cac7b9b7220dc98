import type { RequestDetail } from '@nexomatic/contracts/request-api';
import { Link, useNavigate, useParams } from '@remix-run/react';
import { useEffect, useRef } from 'react';
import { Explain } from '../../components/explain.tsx';
import { X } from '../../components/icons.ts';
import { IdText } from '../../components/id-text.tsx';
import { KeyValue } from '../../components/key-value.tsx';
import { useKeys } from '../../frame/keys.ts';
import { formatSize } from '../../json/body-view.tsx';
import { formatAbsolute, instantMs } from '../../time/format-time.ts';
import { useZone } from '../../time/now.ts';
import { OutcomeBadge } from './outcome-badge.tsx';
import { ReplayButton } from './replay-button.tsx';
import { RequestContent } from './request-content.tsx';
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
      <RequestContent
        id={id}
        body={body}
        headers={request.headers}
        contentType={request.contentType}
        size={request.bodyBytes}
        without={
          request.bodyBytes === 0 && outcome !== 'refused'
            ? 'It was empty.'
            : 'It is not kept any more, or was turned away before it was read.'
        }
      />
    </section>
  );
}

const sentence = (words: string): string => {
  const begun = `${words.charAt(0).toUpperCase()}${words.slice(1)}`;
  return /[.!?]$/.test(begun) ? begun : `${begun}.`;
};
