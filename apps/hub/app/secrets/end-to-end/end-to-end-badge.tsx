import { Badge } from '../../components/badge.tsx';
import { ShieldCheck } from '../../components/icons.ts';

/** Marks a secret that the hub can't open. */
export const EndToEndBadge = () => (
  <Badge tone="info" icon={<ShieldCheck aria-hidden="true" />}>
    end-to-end
  </Badge>
);
