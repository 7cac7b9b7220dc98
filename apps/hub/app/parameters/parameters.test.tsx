import { getFormProps, useForm } from '@conform-to/react';
import { parseWithZod } from '@conform-to/zod/v4';
import type { ParameterInput } from '@nexomatic/contracts/definition-api';
import { problem } from '@nexomatic/contracts/error-code';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { refuseForm } from '../components/form/form-reply.server.ts';
import { renderPage } from '../components/testing/render-page.tsx';
import { ParametersSection } from './parameters-section.tsx';
import { parameterRows, rowFieldNames } from './row-schema.server.ts';
import { toParameters, toRows } from './row-values.ts';

const parameters: ParameterInput[] = [
  { key: 'greeting', kind: 'STATIC', value: '"Hello, \\"Ada\\"\\nand all"' },
  { key: 'empty', kind: 'STATIC', value: '""' },
  { key: 'big', kind: 'STATIC', value: '12345678901234567890123' },
  { key: 'lines', kind: 'STATIC', value: '"a\\r\\nb"' },
  { key: 'name', kind: 'DATA', value: '/user/name' },
  { key: 'token', kind: 'SECRET', value: 'API_TOKEN' },
];
const schema = z.object({ parameters: parameterRows });

/** What a browser sends of these rows: every line break of a text area becomes CR LF, and nothing is left out. */
const sent = (rows: ReturnType<typeof toRows>) => {
  const body = new URLSearchParams();
  for (const [i, row] of rows.entries())
    for (const [name, value] of Object.entries(row))
      body.set(`parameters[${i}].${name}`, value.replaceAll('\n', '\r\n'));
  return parseWithZod(body, { schema });
};

test('parameters come back from a form as they went into it', () => {
  const submission = sent(toRows(parameters));
  expect(submission.status === 'success' && toParameters(submission.value.parameters)).toEqual(parameters);
});

test('a text is written without quotation marks, and whatever is no plain text as JSON', () => {
  expect(toRows(parameters).map(({ kind, value }) => [kind, value])).toEqual([
    ['TEXT', 'Hello, "Ada"\nand all'],
    ['TEXT', ''],
    ['JSON', '12345678901234567890123'],
    ['JSON', '"a\\r\\nb"'],
    ['DATA', '/user/name'],
    ['SECRET', 'API_TOKEN'],
  ]);
});

test('a row without a key is refused at that row', () => {
  const submission = sent([{ key: '', kind: 'TEXT', value: 'x' }]);
  expect(submission.reply().error).toEqual({
    'parameters[0].key': ['Give the parameter a key, or remove its row.'],
  });
});

test('each row names its controls, shows its value, and what the hub refused stands at the control that it is about', () => {
  const faults = { errors: [{ path: 'parameters[1].value', message: 'not JSON' }] };
  const submission = sent([
    { key: 'name', kind: 'DATA', value: '/name' },
    { key: 'count', kind: 'JSON', value: 'x' },
  ]);
  const answer = refuseForm(submission, problem('unprocessable', 'See errors.', faults), rowFieldNames(2));
  expect(answer.data.problem?.errors).toEqual([]);
  function Page() {
    const [form, fields] = useForm<z.input<typeof schema>>({ id: 'f', lastResult: answer.data.result });
    return (
      <form {...getFormProps(form)}>
        <ParametersSection form={form} field={fields.parameters} payloadPaths={['/name', '/order/id']} />
      </form>
    );
  }
  const html = renderPage(Page);
  expect(html).toMatch(/<input[^>]*name="parameters\[0\]\.key"[^>]*aria-label="Key of parameter 1"[^>]* value="name"/);
  expect(html).toMatch(
    /<input[^>]*aria-label="Key of the payload, or JSON Pointer of parameter 1"[^>]* value="\/name"/,
  );
  expect(html).toContain('<option value="/order/id">');
  expect(html).toMatch(/<textarea[^>]*name="parameters\[1\]\.value"[^>]*aria-invalid="true"[^>]*>x<\/textarea>/);
  expect(html).toMatch(/<span>not JSON<\/span>/);
  expect(html).toMatch(/<button[^>]*aria-label="Move parameter 1 up"[^>]*disabled=""/);
  expect(html).toMatch(/<button[^>]*aria-label="Move parameter 2 down"[^>]*disabled=""/);
});
