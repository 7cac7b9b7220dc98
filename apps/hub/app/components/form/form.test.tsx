import { getFormProps, useForm } from '@conform-to/react';
import { parseWithZod } from '@conform-to/zod/v4';
import { problem } from '@nexomatic/contracts/error-code';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { renderPage } from '../testing/render-page.tsx';
import { CheckboxField } from './checkbox-field.tsx';
import { ComboboxField } from './combobox-field.tsx';
import { refuseForm, splitFaults } from './form-reply.server.ts';
import { FormSection } from './form-section.tsx';
import { NumberField } from './number-field.tsx';
import { RadioCards } from './radio-cards.tsx';
import { changedLabels, SaveBar } from './save-bar.tsx';
import { SelectField } from './select-field.tsx';
import { SwitchField } from './switch-field.tsx';
import { TextAreaField } from './text-area-field.tsx';
import { TextField } from './text-field.tsx';

const schema = z.object({
  name: z.string('Give it a name.').min(2, 'A name has two letters at least.'),
  note: z.string().optional(),
  seconds: z.number(),
  enabled: z.boolean().default(false),
  urgent: z.boolean().default(false),
  kind: z.enum(['python', 'shell']),
  action: z.string(),
  when: z.enum(['always', 'never']),
});

const submit = (values: Record<string, string>) => parseWithZod(new URLSearchParams(values), { schema });

function Page({ sent }: { sent?: ReturnType<typeof submit> }) {
  const [form, fields] = useForm<z.input<typeof schema>>({
    id: 'edit',
    lastResult: sent?.reply() ?? null,
    defaultValue: { name: 'hello', seconds: 30, enabled: true, kind: 'shell', action: 'act_2', when: 'never' },
    constraint: { name: { required: true, maxLength: 100 } },
  });
  const choices = [
    { value: 'act_1', label: 'greet' },
    { value: 'act_2', label: 'notify' },
  ];
  return (
    <form {...getFormProps(form)}>
      <FormSection title="Basics" description="What it is.">
        <TextField field={fields.name} label="Name" help="Shown in lists." />
        <TextAreaField field={fields.note} label="Note" />
        <NumberField field={fields.seconds} label="Time limit" unit="seconds" />
        <SwitchField field={fields.enabled} label="Enabled" />
        <CheckboxField field={fields.urgent} label="Urgent" />
        <SelectField field={fields.kind} label="Kind" options={[{ value: 'shell', label: 'Shell' }]} />
        <ComboboxField field={fields.action} label="Action" options={choices} />
        <RadioCards field={fields.when} label="When" options={[{ value: 'never', label: 'Never' }]} />
      </FormSection>
      <SaveBar form={form} labels={{ name: 'Name' }} />
    </form>
  );
}

function html(sent?: ReturnType<typeof submit>): string {
  return renderPage(() => <Page sent={sent} />);
}

test('every control has a label that points at it, and starts with the value of the thing', () => {
  const text = html();
  expect(text).toContain('<label for="edit-name" class="form-label">Name</label>');
  expect(text).toMatch(/<input id="edit-name"[^>]* value="hello"/);
  expect(text).toMatch(/<input id="edit-seconds"[^>]*aria-describedby="edit-seconds-unit"[^>]* value="30"/);
  expect(text).toMatch(/<input id="edit-enabled"[^>]*role="switch"[^>]* checked=""/);
  expect(text).not.toMatch(/<input id="edit-urgent"[^>]* checked=""/);
  expect(text).toMatch(/<option value="shell" selected="">Shell/);
  // Before scripts run a combobox is a plain list of the same choices.
  expect(text).toMatch(/<option value="act_2" selected="">notify/);
  expect(text).toMatch(/<input type="radio" id="edit-when"[^>]* checked="" value="never"/);
});

test('a refused field says why, is marked invalid, and names its fault and its help as its descriptions', () => {
  const text = html(submit({ name: 'x', seconds: '30', kind: 'shell', action: 'act_1', when: 'never' }));
  expect(text).toMatch(/id="edit-name"[^>]*aria-invalid="true"[^>]*aria-describedby="edit-name-help edit-name-error"/);
  expect(text).toContain('A name has two letters at least.');
});

test('a form in which nothing was changed can not be saved', () => {
  expect(html()).toContain('Nothing changed.');
  expect(html()).toMatch(/<button type="submit"[^>]* disabled=""/);
});

test('the bar lists the fields whose value differs, by their labels', () => {
  const form = { id: 'f', dirty: true, getFieldset: () => ({ name: { dirty: true }, note: { dirty: false } }) };
  expect(changedLabels(form, { name: 'Name', note: 'Note', gone: 'Gone' })).toEqual(['Name']);
});

test('faults that the hub found go to the field that they lie in; the rest is for the banner', () => {
  const errors = [
    { path: 'name', message: 'Taken.' },
    { path: 'retry.limit', message: 'Too high.' },
    { path: 'retries', message: 'Unknown.' },
  ];
  expect(splitFaults(errors, ['name', 'retry'])).toEqual({
    mine: { name: ['Taken.'], retry: ['Too high.'] },
    others: [{ path: 'retries', message: 'Unknown.' }],
  });
});

test('a refused form answers with the status of the refusal and keeps what was sent', () => {
  const sent = submit({ name: 'hello', seconds: '30', kind: 'shell', action: 'act_1', when: 'never' });
  const answer = refuseForm(
    sent,
    problem('conflict', 'Ada saved version 4.', { errors: [{ path: 'name', message: 'Taken.' }] }),
    ['name'],
  );
  expect(answer.init?.status).toBe(409);
  expect(answer.data.result.initialValue).toMatchObject({ name: 'hello', seconds: '30' });
  expect(answer.data.result.error).toEqual({ name: ['Taken.'] });
  expect(answer.data.problem?.errors).toEqual([]);
  expect(refuseForm(submit({})).init?.status).toBe(422);
});
