import { Explain } from '../../components/explain.tsx';
import { NextRuns } from '../next-runs/next-runs.tsx';
import type { SchedulePreview } from './schedule-preview.ts';

interface PreviewPanelProps {
  preview: SchedulePreview | undefined;
  once: boolean;
  busy: boolean;
}

/** The schedule in words, and its next runs by the scheduler's own reckoning. */
export function PreviewPanel({ preview, once, busy }: PreviewPanelProps) {
  return (
    <section className="preview" aria-label="Next runs" aria-busy={busy}>
      <p className="preview-words" aria-live="polite">
        {preview?.words ? (
          <>
            <strong>{preview.words}</strong> <span className="text-muted">{preview.timeZone}</span>
          </>
        ) : (
          <span className="text-muted">
            {preview ? 'No run can be told as it stands.' : 'Asking for the next runs…'}
          </span>
        )}
      </p>
      {preview?.words && preview.runs.length === 0 ? (
        <p className="text-muted text-sm">
          {once ? 'This time has passed: it would never run.' : 'There is no run within these dates.'}
        </p>
      ) : null}
      {preview && preview.runs.length > 0 ? (
        <>
          {preview.warnings.map((warning) => (
            <Explain key={warning} warning>
              {warning}
            </Explain>
          ))}
          <NextRuns
            runs={preview.runs}
            timeZone={preview.timeZone}
            caption={once ? 'The run' : `The next ${preview.runs.length} runs`}
          />
        </>
      ) : null}
    </section>
  );
}
