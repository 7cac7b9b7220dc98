import type { Problem } from '@nexomatic/contracts/error-code';
import type { CreatedInvitation } from '@nexomatic/contracts/invitation-api';
import { type FetcherWithComponents, useFetcher } from '@remix-run/react';
import { useId, useState } from 'react';
import { RadioCards } from '../components/form/radio-cards.tsx';
import { TextField } from '../components/form/text-field.tsx';
import { Plus } from '../components/icons.ts';
import { Dialog } from '../components/overlay/dialog.tsx';
import { ProblemBanner } from '../components/problem-banner.tsx';
import { InvitationLink } from './invitation-link.tsx';
import type { roleOptions } from './role-options.ts';

interface InviteDialogProps {
  title: string;
  /** What to choose from; without it the role is decided. */
  roles?: ReturnType<typeof roleOptions>;
  fields?: Record<string, string>;
  onClose: () => void;
}

/** Asks whom to invite, and then shows the link. */
export function InviteDialog({ title, roles, fields = {}, onClose }: InviteDialogProps) {
  const fetcher: FetcherWithComponents<{ problem?: Problem; invitation?: CreatedInvitation } | undefined> =
    useFetcher();
  const id = useId();
  const busy = fetcher.state !== 'idle';
  const { invitation, problem } = fetcher.data ?? {};
  return (
    <Dialog
      open
      onOpenChange={(open) => (open ? undefined : onClose())}
      title={title}
      wide={roles !== undefined}
      footer={
        invitation ? (
          <button type="button" className="button-primary" onClick={onClose}>
            I have copied it
          </button>
        ) : (
          <>
            <button type="button" className="button" onClick={onClose}>
              Cancel
            </button>
            <button type="submit" form={id} className="button-primary" disabled={busy}>
              {busy ? 'Inviting…' : 'Invite'}
            </button>
          </>
        )
      }
    >
      {invitation ? (
        <InvitationLink invitation={invitation} />
      ) : (
        <fetcher.Form method="post" id={id} className="form-fields">
          <ProblemBanner problem={busy ? undefined : problem} />
          <input type="hidden" name="intent" value="invite" />
          {Object.entries(fields).map(([name, value]) => (
            <input key={name} type="hidden" name={name} value={value} />
          ))}
          <TextField
            field={{ id: `${id}-email`, name: 'email', formId: id, required: true, maxLength: 254 }}
            label="E-mail"
            type="email"
            placeholder="ada@example.com"
            help="The hub sends no mail: you get a link to hand on."
          />
          {roles ? (
            <RadioCards
              field={{ id: `${id}-role`, name: 'role', formId: id, initialValue: 'editor', required: true }}
              label="Role"
              options={roles}
            />
          ) : null}
        </fetcher.Form>
      )}
    </Dialog>
  );
}

/** Opens it for a member of the tenant at hand. */
export function InviteButton({ roles }: { roles: ReturnType<typeof roleOptions> }) {
  const [open, setOpen] = useState(false);
  return (
    <>
      <button type="button" className="button-primary ml-auto" aria-haspopup="dialog" onClick={() => setOpen(true)}>
        <Plus size={14} aria-hidden="true" />
        Invite
      </button>
      {open ? <InviteDialog title="Invite somebody" roles={roles} onClose={() => setOpen(false)} /> : null}
    </>
  );
}
