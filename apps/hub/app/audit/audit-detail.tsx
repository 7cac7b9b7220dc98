import type { AuditEntryShown } from '@nexomatic/contracts/audit-api';
import { Link, useNavigate } from '@remix-run/react';
import { useEffect, useRef } from 'react';
import { DiffFields } from '../components/diff-fields.tsx';
import { X } from '../components/icons.ts';
import { IdText } from '../components/id-text.tsx';
import { KeyValue } from '../components/key-value.tsx';
import { useKeys } from '../frame/keys.ts';
import { objectPath } from '../frame/objects.ts';
import { formatAbsolute, instantMs } from '../time/format-time.ts';
import { useZone } from '../time/now.ts';
import { type AuditQuery, auditHref } from './audit-query.ts';
import { changeWords } from './audit-words.ts';

interface AuditDetailProps {
  entry: AuditEntryShown;
  query: AuditQuery;
  /** The list without it. */
  closeTo: string;
  /** Slug of the tenant whose log it is; none for the hub's own. */
  tenant?: string;
}

const actorKinds = { user: 'a person', apiToken: 'an API token', system: 'the installation itself' } as const;

/** One change: who, from where, under which request, and what it did to the object. */
export function AuditDetail({ entry, query, closeTo, tenant }: AuditDetailProps) {
  const { actor, object, before, after } = entry;
  const zone = useZone();
  const navigate = useNavigate();
  const heading = useRef<HTMLHeadingElement>(null);
  useKeys({ Escape: () => navigate(closeTo, { preventScrollReset: true }) });
  useEffect(() => heading.current?.focus({ preventScroll: true }), [entry.id]);
  const path = tenant && object.id ? objectPath(tenant, object.id) : null;
  return (
    <section className="card split-detail" aria-labelledby="audit-entry">
      <div className="flex items-start gap-2">
        <h2 id="audit-entry" ref={heading} tabIndex={-1} className="min-w-0 flex-1 text-lg">
          {changeWords(entry.action)}
        </h2>
        <Link to={closeTo} className="icon-button" aria-label="Close the entry" preventScrollReset>
          <X size={16} aria-hidden="true" />
        </Link>
      </div>
      <KeyValue
        items={[
          {
            name: 'Object',
            value: (
              <span className="inline-flex flex-wrap items-center gap-x-2">
                {path && after ? (
                  <Link to={path} className="link">
                    {object.name}
                  </Link>
                ) : (
                  <span className="break-all">{object.name}</span>
                )}
                {object.id ? <IdText id={object.id} label="the object’s id" /> : null}
              </span>
            ),
          },
          { name: 'When', value: formatAbsolute(instantMs(entry.at), zone) },
          { name: 'By', value: `${actor.name}, ${actorKinds[actor.kind]}` },
          entry.remoteAddress ? { name: 'From', value: <code>{entry.remoteAddress}</code> } : null,
          entry.requestId ? { name: 'Request', value: <IdText id={entry.requestId} label="the request’s id" /> } : null,
        ]}
      />
      <DiffFields before={before} after={after} />
      <div className="flex flex-wrap gap-2">
        {object.id ? (
          <Link to={auditHref(query, { object: object.id })} className="button" preventScrollReset>
            All changes of this object
          </Link>
        ) : null}
        <Link to={auditHref(query, { action: entry.action })} className="button" preventScrollReset>
          All like this
        </Link>
      </div>
    </section>
  );
}
