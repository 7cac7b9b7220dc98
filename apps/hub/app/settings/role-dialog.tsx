import type { Problem } from '@nexomatic/contracts/error-code';
import type { MemberSummary } from '@nexomatic/contracts/member-api';
import { type FetcherWithComponents, useFetcher } from '@remix-run/react';
import { useId } from 'react';
import { RadioCards } from '../components/form/radio-cards.tsx';
import { Dialog } from '../components/overlay/dialog.tsx';
import { useClosesWhenDone } from '../components/overlay/use-closes-when-done.ts';
import { ProblemBanner } from '../components/problem-banner.tsx';
import { roleOptions } from './role-options.ts';

interface RoleDialogProps {
  member: MemberSummary;
  /** Only owners make and unmake owners. */
  mayOwn: boolean;
  onClose: () => void;
}

/** Asks what somebody is to be from now on. */
export function RoleDialog({ member, mayOwn, onClose }: RoleDialogProps) {
  const fetcher: FetcherWithComponents<{ problem?: Problem } | undefined> = useFetcher();
  const id = useId();
  useClosesWhenDone(fetcher, onClose);
  const busy = fetcher.state !== 'idle';
  const field = { id: `${id}-role`, name: 'role', formId: id, initialValue: member.role, required: true };
  return (
    <Dialog
      open
      onOpenChange={(open) => (open ? undefined : onClose())}
      title={`Role of ${member.name || member.email}`}
      wide
      footer={
        <>
          <button type="button" className="button" onClick={onClose}>
            Cancel
          </button>
          <button type="submit" form={id} className="button-primary" disabled={busy}>
            {busy ? 'Changing…' : 'Change role'}
          </button>
        </>
      }
    >
      <div className="form-fields">
        <ProblemBanner problem={busy ? undefined : fetcher.data?.problem} />
        <fetcher.Form method="post" id={id}>
          <input type="hidden" name="intent" value="change-role" />
          <input type="hidden" name="userId" value={member.userId} />
          <RadioCards
            field={field}
            label="Role"
            help="It holds from their next click on."
            options={roleOptions(mayOwn)}
          />
        </fetcher.Form>
      </div>
    </Dialog>
  );
}
