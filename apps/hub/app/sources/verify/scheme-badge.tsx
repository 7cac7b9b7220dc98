import type { Scheme } from '@nexomatic/contracts/verification';
import { Badge } from '../../components/badge.tsx';
import { ShieldCheck, ShieldOff } from '../../components/icons.ts';
import { schemeWords } from './scheme-words.ts';

/** How a source knows its sender; one that takes every request is marked wherever it is shown. */
export function SchemeBadge({ scheme }: { scheme: Scheme }) {
  const { word, covers } = schemeWords[scheme];
  return (
    <span
      className="inline-flex"
      title={scheme === 'none' ? 'Whoever learns its address can send' : `Vouches for: ${covers}`}
    >
      {scheme === 'none' ? (
        <Badge tone="warning" icon={<ShieldOff aria-hidden="true" />}>
          no authentication
        </Badge>
      ) : (
        <Badge icon={<ShieldCheck aria-hidden="true" />}>{word}</Badge>
      )}
    </span>
  );
}
