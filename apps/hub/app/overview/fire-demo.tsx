import { Form, useNavigation } from '@remix-run/react';
import { Zap } from '../components/icons.ts';
import { useMay } from '../frame/use-may.ts';

/** Fires the demo's event, or one that its module fails on; the answer is the event's own page. */
export function FireDemo({ type }: { type: string }) {
  const may = useMay();
  const busy = useNavigation().formAction !== undefined;
  if (!may('events.fire')) return null;
  return (
    <Form method="post" action="?index" className="first-run-fire">
      <button type="submit" name="fire" value="works" className="button-primary" disabled={busy}>
        <Zap size={14} aria-hidden="true" />
        Fire it for me
      </button>
      <button type="submit" name="fire" value="fails" className="button" disabled={busy}>
        Break it
      </button>
      <span className="form-help">
        Both fire <code>{type}</code>. The second payload makes its module raise, so that you see a traceback and what
        follows on failure.
      </span>
    </Form>
  );
}
