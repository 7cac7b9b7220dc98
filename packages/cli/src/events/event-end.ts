import type { EventDetail } from '@nexomatic/client/nexomatic';
import { CommandError } from '../hub/command-error.ts';

const endedInError = 9;
const endedInWarning = 10;

type Attempt = EventDetail['attempts'][number];
type Ended = Pick<EventDetail, 'reason' | 'message'> & { id: string; state: EventDetail['state'] | Attempt['state'] };

/** Says how an event or an attempt ended, and ends the command with a code for it unless all went well. */
export function endOf(
  { id, state, reason, message }: Ended,
  { failOnWarning = false }: { failOnWarning?: boolean | undefined } = {},
): void {
  const why = `${reason ? ` (${reason})` : ''}${message ? `: ${message}` : ''}`;
  const said = `${id} ended in ${state}${why}`;
  if (state === 'WARNING' && failOnWarning) throw new CommandError('event_warning', said, endedInWarning);
  if (state === 'ERROR' || state === 'LOST') throw new CommandError('event_error', said, endedInError);
  process.stderr.write(`${said}\n`);
}
