import { envelopeKey, signEnvelope, verifyEnvelope } from '@nexomatic/signature/edge-envelope';
import vectors from '@nexomatic/signature/vectors/edge-envelope.json' with { type: 'json' };
import { expect, test } from 'vitest';

test.each(vectors)('workerd signs and accepts the published vector $name like Node', async (vector) => {
  const key = envelopeKey(vector.keyId, vector.keyHex);
  const body = new Uint8Array(new TextEncoder().encode(vector.body));
  expect(await signEnvelope(key, vector, body)).toBe(vector.signature);
  expect(await verifyEnvelope([key], vector, body)).toEqual({ outcome: 'valid' });
  const changed = { ...vector, signature: vector.signature.replace(/.$/, (last) => (last === '0' ? '1' : '0')) };
  expect(await verifyEnvelope([key], changed, body)).toEqual({ outcome: 'invalid', cause: 'mismatch' });
});
