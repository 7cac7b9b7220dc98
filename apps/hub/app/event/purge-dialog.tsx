import { DangerDialog } from '../components/overlay/danger-dialog.tsx';

/** The log alone, or the payload and the result with it. */
export type Purge = 'purge' | 'purge-all';

interface PurgeDialogProps {
  /** Null while nothing is asked. */
  what: Purge | null;
  /** Address of the event's page. */
  page: string;
  close: () => void;
}

/** Asks before what is kept of an event is deleted for good. */
export function PurgeDialog({ what, page, close }: PurgeDialogProps) {
  const all = what === 'purge-all';
  return (
    <DangerDialog
      open={what !== null}
      onOpenChange={(open) => !open && close()}
      title={all ? 'Purge log, payload and result?' : 'Purge the log?'}
      word="Purge"
      action={page}
      fields={{ intent: what ?? 'purge' }}
    >
      {all
        ? 'The logs of all its attempts, its payload and its results are deleted, also from the archive. '
        : 'The logs of all its attempts are deleted, also from the archive. '}
      Nobody can bring them back. The event itself stays, and the audit log says who did this.
    </DangerDialog>
  );
}
