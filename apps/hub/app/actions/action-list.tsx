import type { ActionSummary } from '@nexomatic/contracts/action-api';
import { Link, useParams, useSearchParams } from '@remix-run/react';
import { EmptyState } from '../components/empty-state.tsx';
import { DataTable } from '../components/table/data-table.tsx';
import type { TableColumn } from '../components/table/table-column.ts';
import { objectPath } from '../frame/objects.ts';
import { useMay } from '../frame/use-may.ts';
import { TimeText } from '../time/time-text.tsx';

const columns: readonly TableColumn<ActionSummary>[] = [
  { id: 'name', header: 'Name', cell: (action) => action.name },
  { id: 'module', header: 'Module', cell: (action) => <code className="text-xs">{action.module}</code>, fill: true },
  { id: 'usedBy', header: 'Used by', cell: ({ usedBy }) => <UsedBy names={usedBy.map(({ name }) => name)} /> },
  { id: 'success', header: 'On success', cell: ({ onSuccess }) => <Target target={onSuccess} />, from: 'md' },
  { id: 'failure', header: 'On failure', cell: ({ onFailure }) => <Target target={onFailure} />, from: 'md' },
  {
    id: 'updated',
    header: 'Changed',
    cell: ({ updatedAt }) => <TimeText at={updatedAt} focusable={false} />,
    align: 'end',
    from: 'lg',
  },
];

function UsedBy({ names }: { names: string[] }) {
  if (names.length === 0) return <span className="text-faint">nothing</span>;
  return (
    <span title={names.join(', ')}>
      {names.length} {names.length === 1 ? 'event type' : 'event types'}
    </span>
  );
}

function Target({ target }: { target: { id: string; name: string } | null }) {
  const { tenant = '' } = useParams();
  if (!target) return <span className="text-faint">–</span>;
  const path = objectPath(tenant, target.id);
  return path ? <Link to={path}>{target.name}</Link> : target.name;
}

/** The actions of a tenant, by name. */
export function ActionList({ actions }: { actions: readonly ActionSummary[] }) {
  return (
    <DataTable
      name="actions"
      caption="Actions by name"
      columns={columns}
      rows={actions}
      rowId={({ id }) => id}
      rowName={({ name }) => name}
      rowLink={({ id }) => id}
      empty={<NoActions />}
    />
  );
}

function NoActions() {
  const may = useMay();
  const [query] = useSearchParams();
  const search = query.get('search');
  if (search)
    return (
      <EmptyState title={`No action has “${search}” in its name`}>
        <Link to="." className="button">
          Show every action
        </Link>
      </EmptyState>
    );
  return (
    <EmptyState title="No actions yet">
      <p>
        An action names the module that a sink runs, the values it gets, and what follows. Put a function into a file
        that your sink can import:
      </p>
      <pre className="code-block self-stretch text-left">
        {'# my_module.py\ndef run(ctx):\n    return {"hello": ctx.payload["name"]}'}
      </pre>
      <p>
        Then make an action with the module <code>my_module.run</code>, and an event type that runs it.
      </p>
      {may('definitions.write') ? (
        <Link to="new" className="button-primary">
          New action
        </Link>
      ) : null}
    </EmptyState>
  );
}
