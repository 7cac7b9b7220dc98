import { expect } from 'vitest';

/** The value of a secret, which no answer of the hub may hold, whoever asks for whatever. */
export const secretCanary = 'canary-7b1f0c9e-never-to-be-told';
const bytes = Buffer.from(secretCanary);
/** It, and what is read back at once. */
export const canaryForms = [secretCanary, bytes.toString('base64'), bytes.toString('hex')];
/** The last letters of base64 depend on what follows. */
const untold = canaryForms.map((form) => form.slice(0, -4));

/** Fails where an answer tells the value of a secret. */
export function expectUntold(text: string, where: string): void {
  expect(
    untold.filter((form) => text.includes(form)),
    `${where} tells the value of a secret`,
  ).toEqual([]);
}
