import type { SourceDetail } from '@nexomatic/contracts/source-api';
import { useOutletContext } from '@remix-run/react';

/** What the parts of a source's page share. */
export interface SourceContext {
  source: SourceDetail;
  /** In full, as long as this page is open after it was made. */
  address: string | null;
  hubUrl: string;
}

export const useSource = (): SourceContext => useOutletContext<SourceContext>();
