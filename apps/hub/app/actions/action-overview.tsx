import type { ActionSummary } from '@nexomatic/contracts/action-api';
import type { Warning } from '@nexomatic/contracts/definition-api';
import { Link, useParams } from '@remix-run/react';
import type { ReactNode } from 'react';
import { Activity, CircleCheck, OctagonX, SquareTerminal } from '../components/icons.ts';
import { RefList } from '../components/ref-list.tsx';
import { WarningNotice } from '../definitions/warning-notice.tsx';
import { objectPath } from '../frame/objects.ts';
import { ParameterTable } from '../parameters/parameter-table.tsx';
import { actionLabels } from './action-fields.ts';

/** What an action runs, with which values, from where it is reached and what follows. */
export function ActionOverview({ action, warnings }: { action: ActionSummary; warnings: readonly Warning[] }) {
  return (
    <>
      <WarningNotice
        warnings={warnings}
        labels={actionLabels}
        parameterKeys={action.parameters.map(({ key }) => key)}
      />
      <div className="columns">
        <div className="stack">
          <section className="card panel" aria-labelledby="way-title">
            <h2 id="way-title">The way through it</h2>
            <Way action={action} />
          </section>
          <section className="card panel" aria-labelledby="parameters-title">
            <h2 id="parameters-title">Parameters</h2>
            <ParameterTable parameters={action.parameters} />
          </section>
        </div>
        <section className="card panel" aria-labelledby="used-title">
          <h2 id="used-title">Where used</h2>
          <RefList
            references={action.usedBy.map((one) => ({ ...one, how: 'runs it' }))}
            empty="No event type runs it, so nothing starts it yet."
          />
        </section>
      </div>
    </>
  );
}

function Way({ action }: { action: ActionSummary }) {
  const { usedBy, module, onSuccess, onFailure } = action;
  return (
    <ol className="way">
      <Step icon={<Activity size={14} aria-hidden="true" />} word="Fired as">
        {usedBy.length > 0 ? (
          usedBy.map((one) => <Name key={one.id} of={one} />)
        ) : (
          <span className="text-faint">nothing</span>
        )}
      </Step>
      <Step icon={<SquareTerminal size={14} aria-hidden="true" />} word="Runs">
        <code className="text-xs">{module}</code>
      </Step>
      <Step icon={<CircleCheck size={14} aria-hidden="true" />} word="On success fires" look="way-success">
        <Name of={onSuccess} />
      </Step>
      <Step icon={<OctagonX size={14} aria-hidden="true" />} word="On failure fires" look="way-failure">
        <Name of={onFailure} />
      </Step>
    </ol>
  );
}

function Step({ icon, word, look, children }: { icon: ReactNode; word: string; look?: string; children: ReactNode }) {
  return (
    <li className={look}>
      {icon}
      <span className="way-names">
        <span className="text-muted">{word}</span> {children}
      </span>
    </li>
  );
}

function Name({ of }: { of: { id: string; name: string } | null }) {
  const { tenant = '' } = useParams();
  if (!of) return <span className="text-faint">nothing</span>;
  const path = objectPath(tenant, of.id);
  return path ? (
    <Link to={path} className="link">
      {of.name}
    </Link>
  ) : (
    <span className="font-medium">{of.name}</span>
  );
}
