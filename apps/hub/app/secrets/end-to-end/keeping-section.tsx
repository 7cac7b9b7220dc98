import type { ReactNode } from 'react';
import type { FormField } from '../../components/form/form-field.ts';
import { FormSection } from '../../components/form/form-section.tsx';
import { RadioCards } from '../../components/form/radio-cards.tsx';
import { KeyRound, ShieldCheck } from '../../components/icons.ts';
import { secretLabels } from '../secret-fields.ts';

/** The choice of who can open a new secret, in plain words, and below it what follows from the choice. */
export const KeepingSection = ({ field, children }: { field: FormField; children: ReactNode }) => (
  <FormSection title="How it is kept" description="This can not be changed once the secret is made.">
    <RadioCards
      field={field}
      label={secretLabels.keptBy}
      options={[
        {
          value: 'hub',
          label: 'Kept by the hub',
          icon: <KeyRound size={14} aria-hidden="true" />,
          help: 'The hub keeps it sealed, and seals it again for the sink that runs an event. New sinks get it by themselves, and a value that was replaced can be taken back.',
        },
        {
          value: 'sinks',
          label: 'End-to-end',
          icon: <ShieldCheck size={14} aria-hidden="true" />,
          help: 'Your browser seals it to the sinks that you pick, and only they can open it. The hub can not open it, not even with its keyring and the whole database in hand. In return there is no way back to a value of before, a new sink gets it only from one that has it, and if all of them are lost you have to set it again.',
        },
      ]}
    />
    {children}
  </FormSection>
);
