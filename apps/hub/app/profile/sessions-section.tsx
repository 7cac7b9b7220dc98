import type { SessionSummary } from '@nexomatic/contracts/session-api';
import { Form } from '@remix-run/react';
import { FormSection } from '../components/form/form-section.tsx';
import { browserName } from '../people/browser-name.ts';
import { TimeText } from '../time/time-text.tsx';

const methodWords = { link: 'by a one-time link', password: 'by password', sso: 'by single sign-on' } as const;

/** Where somebody is signed in, each with a way to end it. */
export function SessionsSection({ sessions }: { sessions: readonly SessionSummary[] }) {
  return (
    <FormSection
      title="Sessions"
      description="Browsers in which you are signed in. A session ends after 12 hours without use, and after 7 days."
    >
      <ul aria-label="Sessions">
        {sessions.map((session) => (
          <SessionRow key={session.id} {...session} />
        ))}
      </ul>
      {sessions.length > 1 ? (
        <Form method="post">
          <input type="hidden" name="intent" value="revoke-others" />
          <button type="submit" className="button">
            Sign out everywhere else
          </button>
        </Form>
      ) : null}
    </FormSection>
  );
}

function SessionRow({ id, current, userAgent, method, remoteAddress, createdAt, lastSeenAt }: SessionSummary) {
  const name = browserName(userAgent);
  return (
    <li className="session-row">
      <div className="min-w-0 flex-1">
        <p className="font-medium text-sm" title={userAgent ?? undefined}>
          {name}
          {current ? <span className="ml-2 font-normal text-success text-xs">this browser</span> : null}
        </p>
        <p className="text-muted text-xs">
          Signed in {methodWords[method]} <TimeText at={createdAt} />
          {remoteAddress ? ` from ${remoteAddress}` : ''}
          {current ? null : (
            <>
              , last used <TimeText at={lastSeenAt} />
            </>
          )}
        </p>
      </div>
      {current ? null : (
        <Form method="post">
          <input type="hidden" name="intent" value="revoke" />
          <input type="hidden" name="id" value={id} />
          <button type="submit" className="button" aria-label={`Sign out ${name}`}>
            Sign out
          </button>
        </Form>
      )}
    </li>
  );
}
