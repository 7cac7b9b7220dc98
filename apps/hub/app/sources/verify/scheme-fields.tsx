import type { Scheme, Verification } from '@nexomatic/contracts/verification';
import { CheckboxField } from '../../components/form/checkbox-field.tsx';
import type { FormField } from '../../components/form/form-field.ts';
import { NumberField } from '../../components/form/number-field.tsx';
import { SelectField } from '../../components/form/select-field.tsx';
import { TextField } from '../../components/form/text-field.tsx';
import type { VerifyShape } from './verify-fields.ts';

type Name = keyof VerifyShape['settings']['verification'];

interface SchemeFieldsProps {
  scheme: Scheme;
  saved: Verification;
  fields: Record<Name, FormField>;
}

/** What each scheme begins with where nothing is saved for it yet. */
const starts: Partial<Record<Scheme, Partial<Record<Name, string>>>> = {
  token: { header: 'authorization', prefix: 'Bearer ' },
  hmac: {
    ...{ header: 'x-signature', algorithm: 'sha256', encoding: 'hex', keyEncoding: 'text', template: '{body}' },
    prefix: '',
  },
};

const algorithms = [
  { value: 'sha256', label: 'SHA-256' },
  { value: 'sha384', label: 'SHA-384' },
  { value: 'sha512', label: 'SHA-512' },
  { value: 'sha1', label: 'SHA-1 (old senders only)' },
];
const encodings = [
  { value: 'hex', label: 'Hex' },
  { value: 'base64', label: 'Base64' },
  { value: 'base64url', label: 'Base64url' },
];
const keyEncodings = [
  { value: 'text', label: 'Its text as it stands' },
  { value: 'hex', label: 'Hex of the key' },
  { value: 'base64', label: 'Base64 of the key' },
];

/** A field that begins with something else. Conform's fields can not be spread. */
const startingAt = ({ id, name, key, formId, errors, required }: FormField, initialValue?: string): FormField => ({
  ...{ id, name, key, formId, errors, required },
  initialValue,
});

/** The settings of one scheme; most have none. */
export function SchemeFields({ scheme, saved, fields }: SchemeFieldsProps) {
  // What another scheme was saved with says nothing here.
  const field = (name: Name): FormField =>
    saved.scheme === scheme
      ? fields[name]
      : startingAt(fields[name], starts[scheme]?.[name] ?? (name === 'toleranceSeconds' ? '300' : undefined));
  const tolerance = (
    <NumberField
      field={field('toleranceSeconds')}
      label="Tolerance"
      unit="seconds"
      min={30}
      max={3_600}
      help="How far the signed time may be off, into the past or the future, when the request is received."
    />
  );
  switch (scheme) {
    case 'stripe':
    case 'slack':
    case 'standard_webhooks':
      return tolerance;
    case 'github':
      return (
        <CheckboxField
          field={field('allowSha1')}
          label="Take SHA-1 where no better signature comes along"
          help="For GitHub Enterprise Servers of long ago. SHA-1 alone is weak; leave it off otherwise."
        />
      );
    case 'token':
      return (
        <div className="form-row">
          <TextField field={field('header')} label="Header" code help="In which the token comes." />
          <TextField
            field={field('prefix')}
            label="Before the token"
            code
            help="“Bearer ” with its space; empty: nothing."
          />
        </div>
      );
    case 'hmac':
      return (
        <>
          <div className="form-row">
            <TextField field={field('header')} label="Header of the signature" code />
            <TextField field={field('prefix')} label="Before the signature" code placeholder="sha256=" />
          </div>
          <div className="form-row">
            <SelectField field={field('algorithm')} label="Algorithm" options={algorithms} />
            <SelectField field={field('encoding')} label="Signature is written in" options={encodings} />
            <SelectField field={field('keyEncoding')} label="The secret is" options={keyEncodings} />
          </div>
          <TextField
            field={field('template')}
            label="What is signed"
            code
            help={
              <>
                Text with <code>{'{body}'}</code>, and where they are signed <code>{'{timestamp}'}</code> and{' '}
                <code>{'{id}'}</code>: for example <code>{'{timestamp}.{body}'}</code>.
              </>
            }
          />
          <div className="form-row">
            <TextField
              field={field('timestampHeader')}
              label="Header of the time"
              code
              placeholder="none"
              help="In seconds since 1970."
            />
            <TextField field={field('idHeader')} label="Header of the id" code placeholder="none" />
            {tolerance}
          </div>
        </>
      );
    default:
      return null;
  }
}
