import type { SourceDetail } from '@nexomatic/contracts/source-api';
import { Link } from '@remix-run/react';
import { EmptyState } from '../../components/empty-state.tsx';
import { testCurl } from '../snippets.ts';

/** What stands in place of the list until the first request has come. */
export function NoRequests({ source, address }: { source: SourceDetail; address: string | null }) {
  return (
    <EmptyState title="Waiting for the first request">
      <p>It appears here by itself: also when it is refused, with the cause. Its sender is told less.</p>
      {source.scheme === 'none' ? (
        <pre className="code-block max-w-full self-stretch text-left">{testCurl(address ?? 'ADDRESS')}</pre>
      ) : null}
      <Link to="../set-up" relative="path" className="button-primary">
        Set up the sender
      </Link>
    </EmptyState>
  );
}
