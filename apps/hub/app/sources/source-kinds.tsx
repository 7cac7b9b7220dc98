import type { SourceKind } from '@nexomatic/contracts/definition-api';
import { Clock, Cloud, Code, Webhook } from '../components/icons.ts';

/** How each kind of source is called, and its sign. */
export const kindWords: Record<SourceKind, { word: string; Icon: typeof Webhook }> = {
  WEBHOOK: { word: 'Webhook', Icon: Webhook },
  CUSTOM: { word: 'Program', Icon: Code },
  SCHEDULER: { word: 'Scheduler', Icon: Clock },
  EVENT_GRID: { word: 'Event Grid', Icon: Cloud },
};

/** A kind by sign and word. */
export function KindName({ kind }: { kind: SourceKind }) {
  const { word, Icon } = kindWords[kind];
  return (
    <span className="inline-flex items-center gap-1.5 align-middle">
      <Icon size={14} aria-hidden="true" className="text-faint" />
      {word}
    </span>
  );
}
