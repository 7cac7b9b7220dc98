import type { Problem } from '@nexomatic/contracts/error-code';
import type { RequestDetail, RequestSummary } from '@nexomatic/contracts/request-api';
import type { SourceDetail } from '@nexomatic/contracts/source-api';
import type { SourceSettings } from '@nexomatic/contracts/source-settings';
import { Form } from '@remix-run/react';
import { useMemo, useReducer, useState } from 'react';
import type { Choice } from '../../components/form/combobox-field.tsx';
import { FormSection } from '../../components/form/form-section.tsx';
import { SaveBar } from '../../components/form/save-bar.tsx';
import { ConflictNotice } from '../../definitions/conflict-notice.tsx';
import { bodyPointers } from './body-pointers.ts';
import { EventTypeChoice } from './event-type-choice.tsx';
import { FirstOrAll } from './first-or-all.tsx';
import { RouteList } from './route-list.tsx';
import {
  changeRouting,
  draftOf,
  gapsOf,
  type RoutingDraft,
  sameRouting,
  settingsOf,
  triable,
} from './routing-draft.ts';
import { comparedRouting, routingLabels } from './routing-fields.ts';
import { TrustUnsigned } from './trust-unsigned.tsx';
import { TryBar } from './try-bar.tsx';
import { firesOf, outcomesOf, useTry } from './use-try.ts';

export interface RoutingReply {
  problem?: Problem;
  theirs?: SourceDetail;
}

interface RoutingFormProps {
  source: SourceDetail;
  settings: SourceSettings;
  /** The scheme's signature does not speak for headers. */
  headersUnsigned: boolean;
  eventTypes: readonly Choice[];
  requests: readonly RequestSummary[];
  chosen: RequestDetail | null;
  reply: RoutingReply | undefined;
  mayWrite: boolean;
}

const formId = 'routing';
const path = 'settings.routing.';

/** Decides which requests fire which event types, and shows meanwhile what that makes of a past one. */
export function RoutingForm(props: RoutingFormProps) {
  const { source, settings, headersUnsigned, eventTypes, requests, chosen, reply, mayWrite } = props;
  const start = useMemo(() => draftOf(settings.routing, source.eventTypeId), [settings, source]);
  const [draft, change] = useReducer(changeRouting, start);
  const routing = JSON.stringify({ routing: settingsOf(draft), eventTypeId: draft.eventTypeId || null });
  const asked = triable(draft, eventTypes[0]?.value);
  const { tried, problem, busy } = useTry(
    chosen?.id ?? null,
    asked && JSON.stringify({ routing: asked, eventTypeId: null }),
  );
  const outcomes = outcomesOf(tried, draft.match);
  const fires = tried && firesOf(draft, outcomes, eventTypes);
  const [gaps, setGaps] = useState<ReturnType<typeof gapsOf>>([]);
  const { mine, others } = partFaults(reply?.problem);
  const pointers = useMemo(() => bodyPointers(chosen?.body?.text ?? null), [chosen]);
  return (
    <Form
      method="post"
      id={formId}
      className="form"
      onReset={() => change({ do: 'start', draft: start })}
      noValidate
      onSubmit={(event) => {
        const found = gapsOf(draft);
        setGaps(found);
        if (found.length > 0) event.preventDefault();
      }}
    >
      <input type="hidden" name="intent" value="save" />
      <input type="hidden" name="version" value={source.version} />
      <input type="hidden" name="routing" value={routing} />
      <ConflictNotice
        problem={others}
        formId={formId}
        before={comparedRouting(source, settings, eventTypes)}
        theirs={reply?.theirs?.settings ? comparedRouting(reply.theirs, reply.theirs.settings, eventTypes) : undefined}
        labels={routingLabels}
      />
      <TryBar requests={requests} chosen={chosen} fires={fires} problem={problem} busy={busy} />
      <fieldset disabled={!mayWrite} className="contents">
        <RouteList
          routes={draft.routes}
          outcomes={outcomes}
          faults={gaps.length > 0 ? gaps : mine}
          eventTypes={eventTypes}
          change={change}
          mayWrite={mayWrite}
        />
        <FormSection title="What fires" description="Routes are asked in their order.">
          <FirstOrAll value={draft.match} onChange={(match) => change({ do: 'set', match })} />
          <div className="form-field">
            <label htmlFor="routing-otherwise" className="form-label">
              {draft.routes.length === 0 ? 'Every request fires' : 'When no route matches, it fires'}
              <span className="form-optional">optional</span>
            </label>
            <EventTypeChoice
              id="routing-otherwise"
              label="Event type that fires when no route matches"
              options={eventTypes}
              value={draft.eventTypeId}
              onChange={(eventTypeId) => change({ do: 'set', eventTypeId })}
              placeholder="Nothing"
            />
            <p className="form-help">
              Without one, such a request is answered with 202, kept as “filtered” and can be replayed later.
            </p>
          </div>
        </FormSection>
        {headersUnsigned || draft.trustUnsigned ? (
          <TrustUnsigned
            scheme={settings.verification.scheme}
            value={draft.trustUnsigned}
            needed={usesHeaders(draft)}
            onChange={(trustUnsigned) => change({ do: 'set', trustUnsigned })}
          />
        ) : null}
      </fieldset>
      <datalist id="routing-headers">
        {chosen?.headers.map(({ name }) => (
          <option key={name} value={name} />
        ))}
      </datalist>
      <datalist id="routing-pointers">
        {pointers.map((pointer) => (
          <option key={pointer} value={pointer} />
        ))}
      </datalist>
      {mayWrite ? <SaveBar form={saving(draft, start)} labels={routingLabels} /> : null}
    </Form>
  );
}

const usesHeaders = ({ routes }: RoutingDraft): boolean =>
  routes.some(({ when }) => when.some((condition) => condition.in === 'header'));

/** What the save bar asks of a form. */
function saving(draft: RoutingDraft, start: RoutingDraft) {
  const differs = (pick: (one: RoutingDraft) => unknown) => ({
    dirty: JSON.stringify(pick(draft)) !== JSON.stringify(pick(start)),
  });
  return {
    id: formId,
    dirty: !sameRouting(draft, start),
    getFieldset: () => ({
      routes: differs((one) => settingsOf(one).routes),
      match: differs((one) => one.match),
      eventTypeId: differs((one) => one.eventTypeId),
      trustUnsigned: differs((one) => one.trustUnsigned),
    }),
  };
}

/** Parts the faults of a route, which are shown at its fields, from the others. */
function partFaults(problem: Problem | undefined) {
  const inRoutes = (fault: { path: string }) => fault.path.startsWith(`${path}routes[`);
  const errors = problem?.errors ?? [];
  return {
    mine: errors.filter(inRoutes).map((fault) => ({ ...fault, path: fault.path.slice(path.length) })),
    others: problem && { ...problem, errors: errors.filter((fault) => !inRoutes(fault)) },
  };
}
