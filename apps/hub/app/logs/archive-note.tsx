import type { ArchiveShare } from '@nexomatic/contracts/log-search-api';
import { Archive } from '../components/icons.ts';

interface NoteProps {
  archive: ArchiveShare;
  /** Records in the list. */
  count: number;
  /** Another answer is on its way. */
  busy: boolean;
}

/** Says above the list which part of it comes from the archive, that this takes longer, and what may be missing. */
export function ArchiveNote({ archive, count, busy }: NoteProps) {
  const { lines, opened, unavailable } = archive;
  if (unavailable === null && lines === 0 && opened === 0) return null;
  return (
    <p className="archive-note" data-away={unavailable === null ? undefined : ''} role="status">
      <Archive size={14} aria-hidden="true" />
      <span>
        {unavailable === null ? null : <strong>Archived records may be missing. </strong>}
        {unavailable ?? (busy ? 'Searching the archive too, which may take some seconds…' : shareText(lines, count))}
      </span>
    </p>
  );
}

function shareText(lines: number, count: number): string {
  if (lines === 0) return 'The archive was searched too, which takes longer; none of these records comes from it.';
  const share = lines >= count ? 'These records come' : `${lines} of these records ${lines === 1 ? 'comes' : 'come'}`;
  return `${share} from the archive, which takes longer to search.`;
}
