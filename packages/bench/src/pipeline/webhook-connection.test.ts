import { expect, test } from 'vitest';
import { readAnswer } from './webhook-connection.ts';

const whole = 'HTTP/1.1 202 Accepted\r\nContent-Type: application/json\r\nContent-Length: 9\r\n\r\n{"a":"b"}';

test('an answer is given once its last byte is there', () => {
  expect(readAnswer(whole.slice(0, 30))).toBeNull();
  expect(readAnswer(whole.slice(0, -1))).toBeNull();
  expect(readAnswer(whole)).toEqual({ status: 202, body: '{"a":"b"}' });
});

test('a chunked answer is given once its last chunk is there', () => {
  const chunked = 'HTTP/1.1 503 Unavailable\r\ntransfer-encoding: chunked\r\n\r\n9\r\n{"a":"b"}\r\n0\r\n\r\n';
  expect(readAnswer(chunked.slice(0, -2))).toBeNull();
  expect(readAnswer(chunked)).toEqual({ status: 503, body: '{"a":"b"}' });
});
