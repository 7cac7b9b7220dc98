import { maxPasswordLength, minPasswordLength } from '@nexomatic/contracts/people-api';

export interface Strength {
  /** 0 for what is refused, up to 4. */
  level: 0 | 1 | 2 | 3 | 4;
  word: string;
}

/**
 * How hard a password is to guess, in words, while somebody types. It counts how much of it is new: repetitions and runs add
 * little. The hub refuses by length and by its list of common ones; this only advises.
 */
export function passwordStrength(text: string): Strength {
  const characters = [...text];
  const { length } = characters;
  if (length === 0) return { level: 0, word: '' };
  if (length < minPasswordLength) return { level: 0, word: `${length} of at least ${minPasswordLength} characters` };
  if (length > maxPasswordLength) return { level: 0, word: `${length} characters; at most ${maxPasswordLength}` };
  const bits = surprises(characters) * bitsPerCharacter(text);
  if (bits < 40) return { level: 1, word: 'Weak: longer is better, several words are best' };
  if (bits < 60) return { level: 2, word: 'Fair: a little longer would be better' };
  if (bits < 80) return { level: 3, word: 'Good' };
  return { level: 4, word: 'Strong' };
}

/** Characters that are neither the one before nor its neighbour in the alphabet, and half of those that were used already. */
function surprises(characters: string[]): number {
  const seen = new Set<string>();
  let count = 0;
  let before = Number.NaN;
  for (const character of characters) {
    const code = character.codePointAt(0) ?? 0;
    if (Math.abs(code - before) > 1 || Number.isNaN(before)) count += seen.has(character) ? 0.5 : 1;
    seen.add(character);
    before = code;
  }
  return count;
}

function bitsPerCharacter(text: string): number {
  const kinds: [RegExp, number][] = [
    [/[a-z]/, 26],
    [/[A-Z]/, 26],
    [/\d/, 10],
    [/[ -/:-@[-`{-~]/, 33],
    [/[^ -~]/, 100],
  ];
  const alphabet = kinds.reduce((sum, [kind, size]) => (kind.test(text) ? sum + size : sum), 0);
  return Math.log2(Math.max(2, alphabet));
}
