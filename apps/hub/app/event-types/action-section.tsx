import { Link, useParams } from '@remix-run/react';
import { ComboboxField } from '../components/form/combobox-field.tsx';
import { FormSection } from '../components/form/form-section.tsx';
import { RadioCards } from '../components/form/radio-cards.tsx';
import { SelectField } from '../components/form/select-field.tsx';
import { TextField } from '../components/form/text-field.tsx';
import { eventTypeLabels as labels } from './event-type-fields.ts';
import type { EventTypeFields } from './event-type-form-shape.ts';
import type { FormChoices } from './form-choices.server.ts';

/** Where it runs and what: an action that there is, or one that is made together with the event type. */
export function ActionSection({ fields, choices }: { fields: EventTypeFields; choices: FormChoices }) {
  const { tenant = '' } = useParams();
  const making = (fields.actionChoice.value ?? fields.actionChoice.initialValue) === 'new';
  return (
    <FormSection
      title="What it runs"
      description="Sinks of the type take its events. The action names the module, and what follows when it has ended."
    >
      <SelectField
        field={fields.sinkTypeId}
        label={labels.sinkTypeId}
        none="Choose a sink type"
        options={choices.sinkTypes.map(({ value, label, hint }) => ({ value, label: `${label} (${hint})` }))}
        help={
          choices.sinkTypes.length > 0 ? null : (
            <>
              There is no sink type yet. <Link to={`/t/${tenant}/sinks/types/new`}>Make one</Link> first.
            </>
          )
        }
      />
      <RadioCards
        field={fields.actionChoice}
        label={labels.actionChoice}
        options={[
          { value: 'existing', label: 'An action that there is', disabled: choices.actions.length === 0 },
          { value: 'new', label: 'A new action', help: 'Made together with this event type.' },
        ]}
      />
      {making ? (
        <NewAction fields={fields} choices={choices} />
      ) : (
        <ComboboxField
          field={fields.actionId}
          label={labels.actionId}
          options={choices.actions}
          placeholder="Choose an action"
          empty="No action of that name. Choose “A new action” to make one here."
        />
      )}
    </FormSection>
  );
}

function NewAction({ fields, choices }: { fields: EventTypeFields; choices: FormChoices }) {
  const action = fields.newAction.getFieldset();
  return (
    <>
      <TextField field={action.name} label="Name of the action" placeholder="deploy" code />
      <TextField
        field={action.module}
        label="Module"
        placeholder="my_module.runner"
        code
        help="The import path of a Python callable, or what the runtime of the sink takes."
      />
      <ComboboxField
        field={action.onSuccessId}
        label="On success"
        options={choices.eventTypes}
        placeholder="Nothing"
        help="The event type that is fired after SUCCESS and WARNING, with the result as its payload."
      />
      <ComboboxField
        field={action.onFailureId}
        label="On failure"
        options={choices.eventTypes}
        placeholder="Nothing"
        help="After ERROR, once, when no further attempt is made."
      />
    </>
  );
}
