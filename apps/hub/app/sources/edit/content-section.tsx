import type { FormField } from '../../components/form/form-field.ts';
import { FormSection } from '../../components/form/form-section.tsx';
import { NumberField } from '../../components/form/number-field.tsx';
import { SelectField } from '../../components/form/select-field.tsx';
import { SwitchField } from '../../components/form/switch-field.tsx';

interface ContentSectionProps {
  sniffJson: FormField;
  content: { raw: FormField & { value?: unknown }; decompress: FormField & { value?: unknown }; signedAs: FormField };
  maxBodyBytes: FormField;
}

/** Which bodies a webhook takes. Its module sees each byte as it was sent. */
export function ContentSection({ sniffJson, content, maxBodyBytes }: ContentSectionProps) {
  const { raw, decompress, signedAs } = content;
  const compressed = (decompress.value ?? decompress.initialValue) === 'on';
  return (
    <FormSection
      title="What it takes"
      description="A body reaches the module byte for byte. What is not taken is refused before anything is fired."
    >
      <SwitchField
        field={sniffJson}
        label="Take JSON whatever its content type"
        help="A body without a content type, or one that curl sends as a form, is taken when it is JSON. Off: only what is declared as JSON."
      />
      <SwitchField
        field={raw}
        label="Take any bytes"
        help="Forms, text, images: of any type, unparsed. Routes that look into the body hold for none of it that is no JSON."
      />
      <SwitchField
        field={decompress}
        label="Take compressed bodies"
        help="gzip, deflate and br. Unpacked, they are held to the same size."
      />
      {compressed ? (
        <SelectField
          field={signedAs}
          label="Compressed bodies are signed"
          options={[
            { value: 'wire', label: 'as they travel' },
            { value: 'decoded', label: 'as they unpack' },
          ]}
        />
      ) : (
        initialOf(signedAs)
      )}
      <NumberField
        field={maxBodyBytes}
        label="Largest body"
        unit="bytes"
        min={1_024}
        max={10_485_760}
        help="1,048,576 is 1 MiB; 10 MiB at most. What is larger is refused with 413."
      />
    </FormSection>
  );
}

const initialOf = ({ name, formId, initialValue }: FormField) => (
  <input type="hidden" name={name} form={formId} value={typeof initialValue === 'string' ? initialValue : 'wire'} />
);
