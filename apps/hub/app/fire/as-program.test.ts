import { execFileSync } from 'node:child_process';
import { expect, test } from 'vitest';
import { asProgram } from './as-program.ts';

const draft = { type: 'hello.received', payloadJson: `{"name": "it's Ada"}`, sink: '', delaySeconds: '' };

test('the command gives a shell the very body that the form would send', () => {
  const { curl } = asProgram({ ...draft, sink: 'eu-1', delaySeconds: '30' }, 'https://hub.example');
  const said = execFileSync('sh', ['-c', curl.replace(/^curl /, `printf '%s\\n' `)], { encoding: 'utf8' });
  expect(said.split('\n')).toContain(
    `{"type": "hello.received", "payload": {"name": "it's Ada"}, "sink": "eu-1", "delaySeconds": 30}`,
  );
});

test('the client is called in its short way unless the event is pinned or delayed', () => {
  expect(asProgram(draft, 'https://hub.example').typescript).toContain(
    `hub.fire("hello.received", {"name": "it's Ada"});`,
  );
  expect(asProgram({ ...draft, sink: 'eu-1' }, 'https://hub.example').typescript).toContain(
    `hub.api.events.fire.mutate({ type: "hello.received", payload: {"name": "it's Ada"}, sink: "eu-1" });`,
  );
});

test('an empty payload is null', () => {
  expect(asProgram({ ...draft, payloadJson: ' ' }, 'https://hub.example').curl).toContain('"payload": null');
});
