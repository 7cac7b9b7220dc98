import type { SecretSummary } from '@nexomatic/contracts/secret-api';

/** What each field of a secret is called. */
export const secretLabels = {
  name: 'Key',
  description: 'Description',
  labels: 'Labels',
  expiresAt: 'Remind me',
  eventTypeIds: 'Event types',
  sinkTypeIds: 'Sink types',
  keptBy: 'Who can open it',
};

/** The form of a secret, without its value. */
export interface SecretFormShape {
  name: string;
  description: string;
  labels: string;
  expiresAt: string;
  /** A grant in words: see `grantText`. */
  eventTypeIds: string;
  sinkTypeIds: string;
  /** Never changed once it is made. */
  keptBy: KeptBy;
}

/** Whether the hub can open a secret, or only the sinks that it was sealed to. */
export type KeptBy = 'hub' | 'sinks';

const any = 'any';
const only = 'only';

/** One list of grants as the text of a field: `any`, or `only` and the ids. */
export const grantText = (ids: readonly string[] | null): string => (ids === null ? any : [only, ...ids].join(' '));

/** The ids in the text of a grant; null for any. Whatever is not understood grants nobody. */
export function grantIds(text: string): string[] | null {
  const [word, ...ids] = text.split(' ').filter(Boolean);
  return word === any ? null : ids;
}

export const emptyForm = (name: string): SecretFormShape => ({
  ...{ name, description: '', labels: '', expiresAt: '' },
  ...{ eventTypeIds: any, sinkTypeIds: any, keptBy: 'hub' },
});

export const formValue = (secret: SecretSummary): SecretFormShape => ({
  name: secret.name,
  description: secret.description,
  labels: Object.entries(secret.labels)
    .map(([key, value]) => `${key}=${value}`)
    .join(', '),
  expiresAt: secret.expiresAt ?? '',
  eventTypeIds: grantText(secret.grants.eventTypeIds),
  sinkTypeIds: grantText(secret.grants.sinkTypeIds),
  keptBy: secret.endToEnd ? 'sinks' : 'hub',
});

/** What two saves of a secret are compared by, where somebody else was first. */
export const comparedSecret = (secret: SecretSummary) => ({
  ...formValue(secret),
  value: secret.valueVersion === 0 ? null : `version ${secret.valueVersion}`,
});
