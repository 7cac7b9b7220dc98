import type { SinkDetail } from '@nexomatic/contracts/sink-api';
import { useOutletContext } from '@remix-run/react';

/** What the parts of a sink's page share. */
export const useSink = (): SinkDetail => useOutletContext<SinkDetail>();
