import type { SinkLabels } from '@nexomatic/contracts/sink-labels';
import { Badge } from '../components/badge.tsx';

/** The labels of a sink, `key=value` each. */
export function Labels({ labels }: { labels: SinkLabels }) {
  const pairs = Object.entries(labels);
  if (pairs.length === 0) return <span className="text-faint">none</span>;
  return (
    <span className="label-list">
      {pairs.map(([key, value]) => (
        <Badge key={key}>{value ? `${key}=${value}` : key}</Badge>
      ))}
    </span>
  );
}
