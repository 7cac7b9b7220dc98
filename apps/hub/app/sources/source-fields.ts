import type { SourceDetail } from '@nexomatic/contracts/source-api';
import type { SourceSettings } from '@nexomatic/contracts/source-settings';

/** How the fields of a source are called, by their names in its forms and in the hub's warnings. */
export const sourceLabels: Record<string, string> = {
  name: 'Name',
  description: 'Description',
  eventTypeId: 'Fires',
  sniffJson: 'Take JSON whatever its content type',
  'settings.verification': 'Verify',
  'settings.content.raw': 'Take any bytes',
  'settings.content.decompress': 'Take compressed bodies',
  'settings.content.signedAs': 'Compressed bodies are signed',
  'settings.limits.maxBodyBytes': 'Largest body',
  'settings.limits.perSecond': 'Requests a second',
  'settings.limits.burst': 'At once',
  'settings.dedupe': 'Repeats are told by',
  'settings.dedupeDays': 'Remembered for',
};

/** What a warning is about, in words: a route by its number. */
export function placeOfWarning(path: string): string {
  const route = /^settings\.routing\.routes\[(\d+)\]/.exec(path)?.[1];
  return route === undefined ? (sourceLabels[path] ?? path) : `Route ${Number(route) + 1}`;
}

/** A source as two states of what its form holds are compared. */
export const comparedSource = ({ name, description, sniffJson, settings }: SourceDetail) => ({
  name,
  description,
  sniffJson,
  ...(settings ? comparedSettings(settings) : {}),
});

const comparedSettings = ({ content, dedupe, dedupeDays, limits }: SourceSettings) => ({
  'settings.content.raw': content.raw,
  'settings.content.decompress': content.decompress,
  'settings.content.signedAs': content.signedAs,
  'settings.limits.maxBodyBytes': limits.maxBodyBytes,
  'settings.limits.perSecond': limits.perSecond,
  'settings.limits.burst': limits.burst,
  'settings.dedupe': dedupe,
  'settings.dedupeDays': dedupeDays,
});
