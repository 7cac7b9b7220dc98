import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import ts from 'typescript';
import { expect, test } from 'vitest';
import { generateTypes } from './generate-types.ts';

const order = {
  title: 'An order',
  type: 'object',
  properties: { id: { type: 'integer' }, lines: { type: 'array', items: { $ref: '#/$defs/line' } } },
  required: ['id'],
  additionalProperties: false,
  $defs: { line: { type: 'object', properties: { sku: { type: 'string' } }, required: ['sku'] } },
};
const eventTypes = [
  { name: 'order.placed', description: 'An order came in. */ Look', payloadSchema: JSON.stringify(order) },
  { name: 'order-placed', description: '', payloadSchema: '{"type":"string"}' },
  { name: '2fa.sent', description: '', payloadSchema: '{"enum":["sms","mail"]}' },
  { name: 'anything.goes', description: '', payloadSchema: null },
];

/** What the compiler says about code that uses the generated types. */
function faultsOf(generated: string, use: string): string[] {
  const folder = mkdtempSync(join(tmpdir(), 'nexomatic-codegen-'));
  try {
    writeFileSync(join(folder, 'hub.ts'), generated);
    writeFileSync(join(folder, 'use.ts'), `import type { HubPayloads } from './hub.ts';\n${use}`);
    const program = ts.createProgram([join(folder, 'use.ts')], {
      strict: true,
      noEmit: true,
      types: [],
      allowImportingTsExtensions: true,
      erasableSyntaxOnly: true,
    });
    return ts.getPreEmitDiagnostics(program).map(({ code }) => `TS${code}`);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

const generated = await generateTypes(eventTypes, 'https://hub.example.com');

test.each([
  ["const a: HubPayloads['order.placed'] = { id: 1, lines: [{ sku: 'x' }] };", []],
  ["const a: HubPayloads['order.placed'] = { id: 'one' };", ['TS2322']],
  ["const a: HubPayloads['order.placed'] = {};", ['TS2741']],
  ["const a: HubPayloads['order-placed'] = 'text';", []],
  ["const a: HubPayloads['2fa.sent'] = 'post';", ['TS2322']],
  ["const a: HubPayloads['anything.goes'] = [1, null];", []],
  ["const a: HubPayloads['not.there'] = 1;", ['TS2339']],
])('%s is judged as the schema says', (use, faults) => {
  expect(faultsOf(generated, `${use}\nexport { a };`)).toEqual(faults);
});

test('a schema that can not be a type is named', async () => {
  const broken = [{ name: 'broken', description: '', payloadSchema: '{"$ref":"#/$defs/none"}' }];
  await expect(generateTypes(broken, 'x')).rejects.toThrow('The payload schema of broken');
});
