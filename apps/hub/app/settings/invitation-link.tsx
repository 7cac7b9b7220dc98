import type { CreatedInvitation } from '@nexomatic/contracts/invitation-api';
import { CodeBlock } from '../components/code-block.tsx';
import { TimeText } from '../time/time-text.tsx';

/** The one time that an invitation's link can be read: the hub sends no mail. */
export function InvitationLink({ invitation }: { invitation: Pick<CreatedInvitation, 'email' | 'url' | 'expiresAt'> }) {
  const { email, url, expiresAt } = invitation;
  return (
    <div className="flex flex-col gap-2">
      <p>
        Send this link to <strong className="break-all">{email}</strong>. It works once, and is shown this once.
      </p>
      <CodeBlock code={url} label="the link" />
      <p className="text-muted">
        It works until <TimeText at={expiresAt} />.
      </p>
    </div>
  );
}
