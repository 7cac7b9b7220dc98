import type { DeadLetterView } from '@nexomatic/contracts/request-api';
import { Link, useNavigate } from '@remix-run/react';
import { useEffect, useRef } from 'react';
import { Explain } from '../../components/explain.tsx';
import { X } from '../../components/icons.ts';
import { KeyValue } from '../../components/key-value.tsx';
import { useKeys } from '../../frame/keys.ts';
import { formatAbsolute, instantMs } from '../../time/format-time.ts';
import { useZone } from '../../time/now.ts';
import { RequestContent } from '../requests/request-content.tsx';
import { letterWords } from './letter-words.ts';
import { SettleButtons } from './settle-buttons.tsx';

interface DeadLetterDetailProps {
  letter: DeadLetterView;
  closeTo: string;
  maySettle: boolean;
}

/** One request that could not be delivered: why, and what it held. */
export function DeadLetterDetail({ letter, closeTo, maySettle }: DeadLetterDetailProps) {
  const { ingestId, receivedAt, refusedAt, code, tries, remoteAddress, headers, body } = letter;
  const zone = useZone();
  const navigate = useNavigate();
  const heading = useRef<HTMLHeadingElement>(null);
  useKeys({ Escape: () => navigate(closeTo, { preventScrollReset: true }) });
  useEffect(() => heading.current?.focus({ preventScroll: true }), [ingestId]);
  return (
    <section className="card split-detail" aria-labelledby="letter-title">
      <div className="flex items-start gap-2">
        <h2 id="letter-title" ref={heading} tabIndex={-1} className="min-w-0 flex-1 text-lg">
          Not delivered
        </h2>
        <Link to={closeTo} className="icon-button" aria-label="Close the request" preventScrollReset>
          <X size={16} aria-hidden="true" />
        </Link>
      </div>
      <Explain warning>{letterWords(letter)}</Explain>
      {maySettle ? <SettleButtons count={1} letter={ingestId} /> : null}
      <KeyValue
        items={[
          { name: 'Received', value: formatAbsolute(instantMs(receivedAt), zone) },
          { name: 'Given up', value: formatAbsolute(instantMs(refusedAt), zone) },
          { name: 'Code', value: <code>{code}</code> },
          { name: 'Tries', value: tries },
          remoteAddress ? { name: 'From', value: <code>{remoteAddress}</code> } : null,
        ]}
      />
      <RequestContent
        id={ingestId}
        body={body}
        headers={headers}
        contentType={letter.contentType}
        size={letter.bodyBytes}
        without=""
      />
    </section>
  );
}
