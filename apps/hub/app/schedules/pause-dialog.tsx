import type { ScheduleSummary } from '@nexomatic/contracts/schedule-api';
import { useFetcher, useParams } from '@remix-run/react';
import { useEffect, useId, useState } from 'react';
import { ChevronDown } from '../components/icons.ts';
import { Dialog } from '../components/overlay/dialog.tsx';
import { useClosesWhenDone } from '../components/overlay/use-closes-when-done.ts';
import { ProblemBanner } from '../components/problem-banner.tsx';
import { useToast } from '../components/toast/toasts.tsx';
import { useZone } from '../time/now.ts';
import { pauseSpans } from './pause-spans.ts';
import type { ScheduleReply } from './use-schedule-action.ts';

interface PauseDialogProps {
  schedule: Pick<ScheduleSummary, 'id' | 'name'>;
  onClose: () => void;
}

/** Pauses a schedule, with a note for those who wonder, until somebody resumes it or until a time. */
export function PauseDialog({ schedule: { id, name }, onClose }: PauseDialogProps) {
  const { tenant = '' } = useParams();
  const { Form, state, data } = useFetcher<ScheduleReply>();
  const toast = useToast();
  const zone = useZone();
  const formId = useId();
  const [span, setSpan] = useState('');
  const busy = state !== 'idle';
  useEffect(() => {
    if (data?.said) toast(data.said);
  }, [data, toast]);
  useClosesWhenDone({ state, data }, onClose);
  return (
    <Dialog
      open
      onOpenChange={(open) => {
        if (!open) onClose();
      }}
      title={`Pause ${name}?`}
      footer={
        <>
          <button type="button" className="button" onClick={onClose}>
            Cancel
          </button>
          <button type="submit" form={formId} className="button-primary" disabled={busy}>
            {busy ? 'Pausing…' : 'Pause'}
          </button>
        </>
      }
    >
      <Form method="post" action={`/t/${tenant}/schedules/${id}`} id={formId} className="form-fields">
        <ProblemBanner problem={busy ? undefined : data?.problem} />
        <p className="text-muted">Runs that are due meanwhile are skipped, and stand in its history.</p>
        <input type="hidden" name="intent" value="pause" />
        <div className="form-field">
          <label htmlFor={`${formId}-note`} className="form-label">
            Note <span className="form-optional">optional</span>
          </label>
          <input
            id={`${formId}-note`}
            name="note"
            className="input"
            maxLength={500}
            placeholder="Database move"
            autoComplete="off"
          />
        </div>
        <div className="form-field">
          <label htmlFor={`${formId}-for`} className="form-label">
            How long
          </label>
          <span className="select">
            <select id={`${formId}-for`} name="for" value={span} onChange={(event) => setSpan(event.target.value)}>
              <option value="">Until somebody resumes it</option>
              {pauseSpans.map(({ minutes, word }) => (
                <option key={minutes} value={minutes}>
                  {word}
                </option>
              ))}
              <option value="until">Until…</option>
            </select>
            <ChevronDown size={14} aria-hidden="true" />
          </span>
        </div>
        {span === 'until' ? (
          <div className="form-field">
            <label htmlFor={`${formId}-until`} className="form-label">
              Resume at
            </label>
            <input id={`${formId}-until`} name="until" type="datetime-local" className="input" required />
            <p className="form-help">In your zone, {zone}. It goes on by itself then.</p>
          </div>
        ) : null}
      </Form>
    </Dialog>
  );
}
