/**
 * The form of ids, apart from making them: pages read it in the browser, where neither schemas nor random numbers belong.
 * See `id.ts` for what ids are.
 */
export const idPrefixes = {
  tenant: 'ten',
  user: 'usr',
  session: 'ses',
  apiToken: 'tok',
  source: 'src',
  sinkType: 'skt',
  sink: 'snk',
  joinToken: 'jtk',
  signal: 'sig',
  sinkTransition: 'stn',
  action: 'act',
  eventType: 'ety',
  parameter: 'par',
  schedule: 'sch',
  blackout: 'bko',
  secret: 'sec',
  tenantKey: 'tky',
  invitation: 'inv',
  identity: 'idn',
  audit: 'aud',
  savedView: 'viw',
  bulkJob: 'blk',
  receipt: 'rcp',
  sourceSecret: 'ssk',
  event: 'evt',
  activity: 'acv',
  logArchive: 'lar',
} as const;

export type IdKind = keyof typeof idPrefixes;
export type Id<K extends IdKind> = `${(typeof idPrefixes)[K]}_${string}`;

/** Crockford's base32, lower case. */
export const digits = '0123456789abcdefghjkmnpqrstvwxyz';

/** What an id of that kind looks like. */
export const idPattern = (kind: IdKind): RegExp => new RegExp(`^${idPrefixes[kind]}_[0-7][${digits}]{25}$`);

/** Whether the text is an id of that kind in its exact form. */
export function isId<K extends IdKind>(kind: K, text: string): text is Id<K> {
  return idPattern(kind).test(text);
}
