import type { LogIndex } from '@nexomatic/contracts/log-index';
import { Explain } from '../components/explain.tsx';
import { useMay } from '../frame/use-may.ts';

const words: Record<Exclude<LogIndex, 'all'>, string> = {
  records_and_stderr: 'What modules print on stdout is not searched here; it stands on each event’s page.',
  records: 'What modules print is not searched here, only their records; it stands on each event’s page.',
  nothing: 'New lines are not searched here while they stand in the database; they stand on each event’s page.',
};

/** Says which lines can not be found, where the tenant has chosen so. */
export function IndexHint({ indexed, settings }: { indexed: LogIndex; settings: string }) {
  const may = useMay();
  if (indexed === 'all') return null;
  const fix = may('tenant.write') ? { fix: { word: 'Change it', to: settings } } : {};
  return <Explain {...fix}>{words[indexed]}</Explain>;
}
