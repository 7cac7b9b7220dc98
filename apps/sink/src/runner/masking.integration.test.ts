import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openPythonBench, type PythonBench } from '../testing/run-python.ts';
import { type OfflineResult, runModuleOffline } from './run-module-offline.ts';

/** Has something in it that each way of writing must escape. */
const secret = `pä"ss'w<o>r&d \\ $1/2+3=?`;

/** Python's own encoders: what each makes of the secret. */
const ways = {
  plain: 'secret',
  json: 'json.dumps(secret)[1:-1]',
  json_unicode: 'json.dumps(secret, ensure_ascii=False)[1:-1]',
  json_twice: 'json.dumps(json.dumps(secret))[3:-3]',
  repr: 'repr(secret)[1:-1]',
  ascii: 'ascii(secret)[1:-1]',
  repr_of_bytes: 'repr(secret.encode())[2:-1]',
  shell: 'shlex.quote(secret)[1:-1]',
  url: 'urllib.parse.quote(secret)',
  url_strict: 'urllib.parse.quote(secret, safe="")',
  form: 'urllib.parse.quote_plus(secret)',
  html: 'html.escape(secret)',
  html_text: 'html.escape(secret, quote=False)',
  base64: 'base64.b64encode(secret.encode()).decode()',
  base64_url: 'base64.urlsafe_b64encode(secret.encode()).decode()',
  base64_wrapped: 'base64.encodebytes(b"-" * 42 + secret.encode()).decode().strip()[56:]',
  hex: 'secret.encode().hex()',
  hex_in_groups: 'secret.encode().hex(" ", 2).upper()',
};

const module = `
import base64, html, json, shlex, sys, time, urllib.parse

def ways(secret):
    return {
${Object.entries(ways)
  .map(([name, code]) => `        "${name}": ${code},`)
  .join('\n')}
    }

def run(ctx):
    secret = ctx.secret("key")
    for name, text in ways(secret).items():
        print(f"{name}: {text}.")
        ctx.log.info(f"{name}: {text}.")
    for byte in f"bytewise: {secret}.\\n".encode():
        sys.stdout.buffer.write(bytes([byte]))
        sys.stdout.buffer.flush()
    for offset in (1, 2):
        print(base64.b64encode(b"-" * offset + secret.encode()).decode())
    sys.stdout.buffer.write(secret.encode("utf-16-le") + b"\\n")
    print(f"to stderr: {secret}.", file=sys.stderr)
    ctx.log.warning("fields", **{"value": secret, "nested": {secret: [1, secret]}, "number": 12.5})
    ctx.progress(0.5, f"at {secret}")
    if ctx.params.get("fail"):
        raise ValueError(f"{'x' * 990} {secret}")
    if ctx.params.get("warn"):
        ctx.warn(f"careful with {secret}")
    return {"secret": ways(secret), secret: 12345678901234567890123, "cents": 1.10}
`;

/** Two bytes in a row of it may well stand in other text; what says more must be nowhere. */
const pieces = [secret.slice(0, 5), secret.slice(5, 10), Buffer.from(secret).toString('base64').slice(8, 16)];

describe('a module that tells its secret in every way', () => {
  let bench: PythonBench;
  beforeAll(async () => {
    bench = await openPythonBench();
    await bench.module('leaky', module);
  });
  afterAll(() => bench[Symbol.asyncDispose]());

  const run = (parameters: Record<string, string> = {}): Promise<OfflineResult> =>
    runModuleOffline(bench.runner, { module: 'leaky', secrets: { key: secret }, parameters });

  it('shows masks instead in its output, records and result', async () => {
    const { stdout, stderr, records, outcome } = await run();
    const masked = Object.keys(ways).map((name) => `${name}: ***.`);
    expect(stdout.split('\n')).toEqual([
      ...masked,
      'bytewise: ***.',
      expect.stringMatching(/^[\w+/]{4}\*\*\*$/),
      expect.stringMatching(/^[\w+/]{4}\*\*\*$/),
      '***',
      '',
    ]);
    expect(stderr).toBe('to stderr: ***.\n');
    expect(records.map(({ message }) => message)).toEqual([...masked, 'fields', 'at ***']);
    expect(records.at(-2)?.fields).toEqual({ value: '***', nested: { '***': [1, '***'] }, number: 12.5 });
    const all = Object.fromEntries(Object.keys(ways).map((name) => [name, '***']));
    expect(outcome.state).toBe('SUCCESS');
    expect(JSON.parse(outcome.resultJson ?? '')).toMatchObject({ secret: all, cents: 1.1 });
    expect(outcome.resultJson).toContain('"***":12345678901234567890123');
    for (const piece of pieces) expect(JSON.stringify([stdout, stderr, records, outcome])).not.toContain(piece);
  });

  it('shows masks in the exception, its traceback and its warning', async () => {
    const failed = await run({ fail: 'true' });
    expect(failed.outcome).toMatchObject({ state: 'ERROR', message: `ValueError: ${'x'.repeat(990)} ***` });
    expect(failed.records.at(-1)?.message).toMatch(/^Traceback[\s\S]*ValueError: x+ \*\*\*\n$/);
    const warned = await run({ warn: 'true' });
    expect(warned.outcome).toMatchObject({ state: 'WARNING', message: 'careful with ***' });
    for (const piece of pieces) expect(JSON.stringify([failed, warned])).not.toContain(piece);
  });
});
