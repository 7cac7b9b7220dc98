import { useParams } from '@remix-run/react';
import { useState } from 'react';
import { TriangleAlert } from '../../components/icons.ts';
import { DangerDialog } from '../../components/overlay/danger-dialog.tsx';
import { useMay } from '../../frame/use-may.ts';
import type { ListedSchedule } from '../list/schedule-list.tsx';
import { countRuns } from '../pile-up/quarters.ts';

/** Missed runs that wait for somebody to decide: their number is seen before any of them fires. */
export function HeldNotice({ schedule: { id, heldCount } }: { schedule: ListedSchedule }) {
  const { tenant = '' } = useParams();
  const may = useMay();
  const [asking, setAsking] = useState<'release-held' | 'discard-held' | null>(null);
  if (heldCount === 0) return null;
  const count = countRuns(heldCount);
  const release = asking === 'release-held';
  return (
    <section className="notice state-WARNING" aria-labelledby="held-title">
      <TriangleAlert aria-hidden="true" />
      <div className="min-w-0 flex-1 text-sm">
        <h2 id="held-title">
          {count} {heldCount === 1 ? 'was' : 'were'} missed and {heldCount === 1 ? 'is' : 'are'} held
        </h2>
        <p>
          No hub was there when {heldCount === 1 ? 'it was' : 'they were'} due. Nothing fires until somebody decides.
        </p>
        {may('schedules.operate') ? (
          <div className="notice-buttons">
            <button type="button" className="button" onClick={() => setAsking('release-held')}>
              Release {count}…
            </button>
            <button type="button" className="button" onClick={() => setAsking('discard-held')}>
              Discard…
            </button>
          </div>
        ) : null}
      </div>
      <DangerDialog
        open={asking !== null}
        onOpenChange={(open) => {
          if (!open) setAsking(null);
        }}
        title={release ? `Fire ${count}?` : `Discard ${count}?`}
        word={release ? 'Fire' : 'Discard'}
        action={`/t/${tenant}/schedules/${id}`}
        fields={{ intent: asking ?? '', count: String(heldCount) }}
        typeName={release && heldCount > 100 ? String(heldCount) : undefined}
      >
        {release
          ? 'Each becomes an event now, in the order in which they were due.'
          : 'They stand in the history as discarded, and can be fired later only by a backfill.'}
      </DangerDialog>
    </section>
  );
}
