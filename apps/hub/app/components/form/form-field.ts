/**
 * What a control needs to know of its field. It is the part of conform's field metadata that every form has, so that a
 * control does not depend on the schema of the form that it stands in.
 */
export interface FormField {
  id: string;
  name: string;
  /** Changes when the form is reset: controls that keep their own value are made anew then. */
  key?: string | undefined;
  formId?: string | undefined;
  errors?: string[] | undefined;
  initialValue?: unknown;
  required?: boolean | undefined;
  minLength?: number | undefined;
  maxLength?: number | undefined;
}

/** What every field component takes, apart from what its control needs. */
export interface FieldProps {
  field: FormField;
  label: string;
  /** One sentence under the control: what it is for, and what happens when it is left empty. */
  help?: React.ReactNode;
  disabled?: boolean;
}

/** The same field, to be filled in. Conform's metadata is a proxy that can not be spread. */
export function requiredField(field: FormField): FormField {
  const { id, name, key, formId, errors, initialValue, minLength, maxLength } = field;
  return { id, name, key, formId, errors, initialValue, minLength, maxLength, required: true };
}

export const helpId = (field: FormField): string => `${field.id}-help`;
export const errorId = (field: FormField): string => `${field.id}-error`;

/** The text that a control starts with. */
export const initialText = ({ initialValue }: FormField): string | undefined =>
  typeof initialValue === 'string' ? initialValue : undefined;

/** Identity, constraints and descriptions of a field's control. `key` can't be spread, so each control sets it itself. */
export function controlProps(field: FormField, help: unknown) {
  const describedBy = [help ? helpId(field) : '', field.errors ? errorId(field) : ''].filter(Boolean).join(' ');
  return {
    id: field.id,
    name: field.name,
    form: field.formId,
    required: field.required,
    'aria-invalid': field.errors ? true : undefined,
    'aria-describedby': describedBy || undefined,
  };
}
