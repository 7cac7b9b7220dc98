import type { Condition } from '@nexomatic/contracts/source-settings';

/** How each comparison is called, and what its value may look like; null where it takes none. */
export const operators: Record<Condition['is'], { word: string; placeholder: string | null }> = {
  equals: { word: 'is', placeholder: 'opened' },
  not_equals: { word: 'is not', placeholder: 'closed' },
  one_of: { word: 'is one of', placeholder: 'one a line' },
  starts_with: { word: 'begins with', placeholder: 'refs/heads/' },
  ends_with: { word: 'ends with', placeholder: '/main' },
  contains: { word: 'holds', placeholder: 'release' },
  exists: { word: 'is there', placeholder: null },
  missing: { word: 'is missing', placeholder: null },
  above: { word: 'is above', placeholder: '100' },
  below: { word: 'is below', placeholder: '100' },
};

/** A condition as a sentence: "/action is opened". */
export function conditionWords({ in: where, at, is, values }: Condition): string {
  const place = where === 'header' ? `header ${at}` : at;
  return [place, operators[is].word, values.join(' or ')].filter((part) => part !== '').join(' ');
}
