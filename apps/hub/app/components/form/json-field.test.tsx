import { expect, test } from 'vitest';
import { renderPage } from '../testing/render-page.tsx';
import { jsonFaultText } from './json-fault-line.tsx';
import { JsonField } from './json-field.tsx';
import { TimezoneField } from './timezone-field.tsx';

test('a fault in JSON is told with its place, and what is JSON or empty has none', () => {
  expect(jsonFaultText('{\n  "a": 1,\n  b: 2\n}')).toBe('Line 3, column 3: expected a property name in double quotes.');
  expect(['', '  ', '{"a":1}', 'null'].map(jsonFaultText)).toEqual(['', '', '', '']);
});

test('before scripts run the JSON is a text area with its text and its fault', () => {
  const field = { id: 'payload', name: 'payload', initialValue: '{"a":}' };
  const text = renderPage(() => <JsonField field={field} label="Payload" help="Sent as it stands." />);
  expect(text).toMatch(/<textarea id="payload" name="payload"[^>]*>\{&quot;a&quot;:\}<\/textarea>/);
  expect(text).toContain('Line 1, column 6: expected a JSON value.');
});

test('before scripts run the zone is a list of the one that holds', () => {
  const field = { id: 'zone', name: 'zone', initialValue: 'Asia/Kathmandu' };
  const text = renderPage(() => <TimezoneField field={field} label="Time zone" />);
  expect(text).toMatch(/<option value="Asia\/Kathmandu" selected="">Asia\/Kathmandu<\/option>/);
});
