import type { Scheme } from '@nexomatic/contracts/verification';
import { Explain } from '../../components/explain.tsx';
import { schemeWords } from './scheme-words.ts';

/** What a scheme asks of its owner, and what it gives for that. */
export function SchemeNeeds({ scheme }: { scheme: Scheme }) {
  const { secret, secretFrom, covers, replay } = schemeWords[scheme];
  if (secret === null)
    return (
      <Explain warning>
        Whoever learns the address can fire events, as often as the limits allow. For trials, or behind a gateway that
        checks for you.
      </Explain>
    );
  return (
    <dl className="scheme-needs">
      <dt>Secret</dt>
      <dd>{secretFrom}</dd>
      <dt>Vouches for</dt>
      <dd>{covers}</dd>
      <dt>Against repeats</dt>
      <dd>{replay}</dd>
    </dl>
  );
}
