import { FormSection } from '../components/form/form-section.tsx';
import { ParameterRows, type ParameterRowsProps } from './parameter-rows.tsx';

/** The part of a form that holds the parameters, with what the kinds of values are. */
export function ParametersSection({ note, ...rows }: ParameterRowsProps & { note?: string }) {
  return (
    <FormSection
      title="Parameters"
      description={
        <>
          <p>Values that the module reads by their key. {note}</p>
          <p className="mt-2">
            Text and JSON are fixed. <em>From payload</em> reads a key such as <code>name</code>, or a JSON Pointer such
            as <code>/order/id</code>, when the event runs. <em>Secret</em> names an entry of the Secrets store.
          </p>
          <p className="mt-2">Alt with ↑ or ↓ moves a row.</p>
        </>
      }
    >
      <ParameterRows {...rows} />
    </FormSection>
  );
}
