import type { DeadLetterView } from '@nexomatic/contracts/request-api';
import { useLocation } from '@remix-run/react';
import { DataTable } from '../../components/table/data-table.tsx';
import type { TableColumn } from '../../components/table/table-column.ts';
import { formatSize } from '../../json/body-view.tsx';
import { TimeText } from '../../time/time-text.tsx';
import { letterWords } from './letter-words.ts';

const narrow: TableColumn<DeadLetterView>[] = [
  { id: 'at', header: 'Received', cell: ({ receivedAt }) => <TimeText at={receivedAt} focusable={false} /> },
  {
    id: 'why',
    header: 'Why not',
    fill: true,
    cell: (letter) => <span title={letter.code}>{letterWords(letter)}</span>,
  },
  { id: 'tries', header: 'Tries', align: 'end', cell: ({ tries }) => tries },
];
const wide: TableColumn<DeadLetterView>[] = [
  ...narrow,
  {
    id: 'refused',
    header: 'Given up',
    from: 'md',
    cell: ({ refusedAt }) => <TimeText at={refusedAt} focusable={false} />,
  },
  { id: 'from', header: 'From', from: 'lg', cell: ({ remoteAddress }) => remoteAddress || '–' },
  { id: 'size', header: 'Size', align: 'end', from: 'md', cell: ({ bodyBytes }) => formatSize(bodyBytes) },
];

/** Requests that the edge held and could not deliver, those that came first before others. */
export function DeadLetterList({ letters, split }: { letters: readonly DeadLetterView[]; split: boolean }) {
  const search = new URLSearchParams(useLocation().search);
  return (
    <DataTable
      name={split ? 'dead-letters-beside' : 'dead-letters'}
      caption="Requests that could not be delivered, earliest first"
      columns={split ? narrow : wide}
      rows={letters}
      rowId={({ ingestId }) => ingestId}
      rowName={({ receivedAt }) => `the request of ${receivedAt}`}
      rowLink={({ ingestId }) => {
        search.set('letter', ingestId);
        return `?${search}`;
      }}
      empty={null}
    />
  );
}
