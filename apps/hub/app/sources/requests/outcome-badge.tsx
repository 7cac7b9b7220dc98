import type { RequestSummary } from '@nexomatic/contracts/request-api';
import { Badge } from '../../components/badge.tsx';
import { CircleCheck, Filter, OctagonX } from '../../components/icons.ts';
import { outcomeWords } from './request-words.ts';

const icons = { accepted: CircleCheck, filtered: Filter, refused: OctagonX };

/** What became of a request, by icon, word and colour. */
export function OutcomeBadge({ outcome }: Pick<RequestSummary, 'outcome'>) {
  const { word, tone, meaning } = outcomeWords[outcome];
  const Icon = icons[outcome];
  return (
    <span className="inline-flex align-middle" title={meaning}>
      <Badge tone={tone} icon={<Icon aria-hidden="true" />}>
        {word}
      </Badge>
    </span>
  );
}
