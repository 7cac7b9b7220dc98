import { useInputControl } from '@conform-to/react';
import type { SecretState } from '@nexomatic/contracts/secret-api';
import { secretNameFault } from '@nexomatic/contracts/secret-limits';
import { lazy, type ReactNode, Suspense, useState } from 'react';
import type { ComboboxBoxProps } from '../components/form/combobox-box.tsx';
import { controlProps, type FormField } from '../components/form/form-field.ts';
import { TriangleAlert } from '../components/icons.ts';
import { useMay } from '../frame/use-may.ts';
import type { NewSecretDialogProps } from '../secrets/new-secret-dialog.tsx';
import { stateWord } from '../secrets/secret-state.tsx';

/** A secret that a parameter can name. */
export interface SecretChoice {
  name: string;
  state: SecretState;
}

interface SecretPickerProps {
  field: FormField;
  id: string;
  label: string;
  start: string | undefined;
  secrets: readonly SecretChoice[];
}

const ComboboxBox = lazy<(props: ComboboxBoxProps) => ReactNode>(() =>
  import('../components/form/combobox-box.tsx').then((module) => ({ default: module.ComboboxBox })),
);

const NewSecretDialog = lazy<(props: NewSecretDialogProps) => ReactNode>(() =>
  import('../secrets/new-secret-dialog.tsx').then((module) => ({ default: module.NewSecretDialog })),
);

/** Picks the secret that a parameter names, or makes one in place. A name that nothing has yet stays, and is told of. */
export function SecretPicker({ field, id, label, start, secrets }: SecretPickerProps) {
  const { key, name, formId = '' } = field;
  const control = useInputControl<string>({ key, name, formId, initialValue: start });
  const [made, setMade] = useState<readonly SecretChoice[]>([]);
  const [making, setMaking] = useState<string | null>(null);
  const [text, setText] = useState('');
  const mayMake = useMay()('secrets.write');
  const chosen = control.value ?? '';
  const known = [...secrets, ...made.filter((one) => !secrets.some((other) => other.name === one.name))];
  const state = known.find((one) => one.name === chosen)?.state;
  const options = known.map((one) => ({
    value: one.name,
    label: one.name,
    ...(one.state === 'ok' ? {} : { hint: stateWord(one.state) }),
  }));
  const unknown = chosen !== '' && state === undefined;
  // A name can be given before there is a secret of it.
  const named = secretNameFault(text) === null && !known.some((one) => one.name === text) ? text : '';
  for (const missing of new Set([unknown ? chosen : '', named].filter(Boolean)))
    options.push({ value: missing, label: missing, hint: 'does not exist yet' });
  const { 'aria-invalid': invalid, 'aria-describedby': describedBy } = controlProps(field, undefined);
  const make = (word: string, named: string) =>
    mayMake ? (
      <button type="button" className="link" onClick={() => setMaking(named)}>
        {word}
      </button>
    ) : null;
  return (
    <>
      <input type="hidden" name={name} form={formId} value={chosen} />
      <Suspense fallback={<span className="input" aria-busy="true" />}>
        <ComboboxBox
          options={options}
          value={chosen}
          onChange={control.change}
          onBlur={control.blur}
          onText={setText}
          control={{ id, 'aria-label': label, 'aria-invalid': invalid, 'aria-describedby': describedBy }}
          placeholder="Pick a secret"
          empty={secrets.length === 0 ? 'There are no secrets yet.' : 'No secret of that name.'}
        />
      </Suspense>
      {unknown || state === 'no_value' ? (
        <p className="form-error text-warning">
          <TriangleAlert size={14} aria-hidden="true" />
          <span>
            {unknown ? `There is no secret ${chosen}: ` : `${chosen} has no value: `}
            events will end as ERROR before any code runs. {unknown ? make('Make it', chosen) : null}
          </span>
        </p>
      ) : (
        <p className="form-help">{make('New secret', '')}</p>
      )}
      {making === null ? null : (
        <Suspense fallback={null}>
          <NewSecretDialog
            name={making}
            onClose={() => setMaking(null)}
            onMade={(secret) => {
              setMade([...made, { name: secret, state: 'ok' }]);
              control.change(secret);
              setMaking(null);
            }}
          />
        </Suspense>
      )}
    </>
  );
}
