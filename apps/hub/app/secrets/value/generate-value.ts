/** What a generated value may consist of. Characters that are easily taken for others stay in: values are copied, not read. */
export const alphabets = {
  letters: {
    word: 'Letters and digits',
    characters: 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789',
  },
  symbols: {
    word: 'Letters, digits and symbols',
    characters: 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789!#$%&()*+,-./:;<=>?@[]^_{|}~',
  },
  hex: { word: 'Hexadecimal', characters: '0123456789abcdef' },
  digits: { word: 'Digits', characters: '0123456789' },
} as const;
export type Alphabet = keyof typeof alphabets;

export const generatedLength = { min: 8, max: 512, start: 32 };

/** That many characters of the alphabet, each as likely as any other: bytes that would favour the first ones are drawn again. */
export function generateValue(length: number, alphabet: Alphabet): string {
  const { characters } = alphabets[alphabet];
  const fair = 256 - (256 % characters.length);
  let text = '';
  while (text.length < length) {
    for (const byte of crypto.getRandomValues(new Uint8Array(length))) {
      if (byte < fair && text.length < length) text += characters[byte % characters.length];
    }
  }
  return text;
}
