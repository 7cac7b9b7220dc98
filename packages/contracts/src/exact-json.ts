/** ECMAScript's "JSON.parse source text access", which Node 24 has and TypeScript 5.9 doesn't describe yet. */
const exactJson = JSON as unknown as {
  parse(text: string, reviver: (key: string, value: unknown, context: { source?: string }) => unknown): unknown;
  rawJSON(text: string): unknown;
};

/** Parses JSON so that writing it again gives the same digits: 12345678901234567890, 1.0 and 1e400 survive. */
export const parseExactJson = (text: string): unknown =>
  exactJson.parse(text, (_key, value, { source }) =>
    typeof value === 'number' && source !== undefined && String(value) !== source ? exactJson.rawJSON(source) : value,
  );
