/** What the edge under test and the stand-in for its hub both know. */
export const edgeKeyId = 'test';
export const edgeKeyHex = '8c1f0a6be2d94735'.repeat(4);

/** The key of the one source that the stand-in knows, and its SHA-256. */
export const knownSourceKey = 'knownknownknownknownknownknownkn';
export const knownSourceHash = '0d0b2b2ba796d106050a3775503ff86c9fa58e0c24a4a015e59dc7207866e871';
