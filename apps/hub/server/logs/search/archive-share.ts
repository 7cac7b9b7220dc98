import type { ArchiveShare } from '@nexomatic/contracts/log-search-api';

/** Of an answer for which no archived log was opened. */
export const nothingArchived: ArchiveShare = { lines: 0, opened: 0, unavailable: null };
