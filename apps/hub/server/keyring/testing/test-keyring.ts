/** A keyring of one key, as `NEXOMATIC_KEYRING` takes it. */
export const testKeyring = '8c1f0a5be2d94736a0b1c2d3e4f5061728394a5b6c7d8e9fa0c1b2d3f4e56071';

/** The same as the hub reads it. */
export const testKeyringKeys = [Uint8Array.from(Buffer.from(testKeyring, 'hex'))];
