import type { SourceDetail } from '@nexomatic/contracts/source-api';
import { Form, Link, useParams } from '@remix-run/react';
import { Pencil, Power } from '../components/icons.ts';
import { DeleteButton } from '../definitions/delete-button.tsx';
import { NewAddressButton } from './new-address-button.tsx';

/** What can be done with a source, on whichever part of its page. */
export function SourceActions({ source }: { source: SourceDetail }) {
  const { id, name, kind, enabled, eventsLastDay, builtIn } = source;
  const { tenant = '' } = useParams();
  const page = `/t/${tenant}/sources/${id}`;
  const toggle = (
    <Form method="post" action={page}>
      <input type="hidden" name="intent" value={enabled ? 'disable' : 'enable'} />
      <button type="submit" className="button">
        <Power size={14} aria-hidden="true" />
        {switchWord(kind, enabled)}
      </button>
    </Form>
  );
  if (builtIn) return <div className="page-actions">{toggle}</div>;
  return (
    <div className="page-actions">
      <Link to={`${page}/edit`} className="button">
        <Pencil size={14} aria-hidden="true" />
        Edit
      </Link>
      {kind === 'WEBHOOK' ? <NewAddressButton name={name} action={page} /> : null}
      {toggle}
      <DeleteButton what={`the source ${name}`} typeName={name} action={page}>
        {eventsLastDay === 0
          ? 'It fired nothing in the last 24 hours. '
          : `It fired ${eventsLastDay > 1_000 ? 'more than 1,000' : eventsLastDay} events in the last 24 hours. `}
        {kind === 'WEBHOOK' ? 'Its address is unknown from then on and can not be brought back. ' : ''}
        Events and requests that came from it stay.
      </DeleteButton>
    </div>
  );
}

/** To stop pulling is to pause: what is not pulled waits where it is. */
function switchWord(kind: SourceDetail['kind'], enabled: boolean): string {
  if (kind === 'EVENT_GRID') return enabled ? 'Pause' : 'Resume';
  return enabled ? 'Disable' : 'Enable';
}
