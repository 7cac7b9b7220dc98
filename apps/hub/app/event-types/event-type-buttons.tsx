import type { EventTypeSummary } from '@nexomatic/contracts/event-type-api';
import { Form, Link } from '@remix-run/react';
import { useState } from 'react';
import { Copy, Pause, Pencil, Play, Trash2, Zap } from '../components/icons.ts';
import { useMay } from '../frame/use-may.ts';
import { DeleteDialog, DisableDialog } from './event-type-menu.tsx';

/** What can be done with an event type, on its page. */
export function EventTypeButtons({ eventType }: { eventType: EventTypeSummary }) {
  const may = useMay();
  const [asking, setAsking] = useState<'disable' | 'delete' | null>(null);
  return (
    <div className="page-actions">
      {may('events.fire') ? (
        <Link to="?tab=test" className="button-primary">
          <Zap size={14} aria-hidden="true" />
          Fire
        </Link>
      ) : null}
      {may('definitions.write') ? (
        <>
          <Link to="edit" className="button">
            <Pencil size={14} aria-hidden="true" />
            Edit
          </Link>
          <Link to={`../event-types/new?from=${eventType.id}`} className="button">
            <Copy size={14} aria-hidden="true" />
            Duplicate
          </Link>
          {eventType.enabled ? (
            <button type="button" className="button" onClick={() => setAsking('disable')}>
              <Pause size={14} aria-hidden="true" />
              Disable
            </button>
          ) : (
            <Form method="post">
              <input type="hidden" name="intent" value="enable" />
              <button type="submit" className="button">
                <Play size={14} aria-hidden="true" />
                Enable
              </button>
            </Form>
          )}
          <button type="button" className="button" onClick={() => setAsking('delete')}>
            <Trash2 size={14} aria-hidden="true" />
            Delete
          </button>
          <DisableDialog eventType={eventType} open={asking === 'disable'} onOpenChange={() => setAsking(null)} />
          <DeleteDialog eventType={eventType} open={asking === 'delete'} onOpenChange={() => setAsking(null)} />
        </>
      ) : null}
    </div>
  );
}
