/** What writers of URLs and forms leave as it is beside letters and digits, and whether they write a space as `+`. */
const styles: { kept: string; plus?: boolean }[] = [
  // RFC 3986; with `+`: Python's quote_plus, Go.
  { kept: '-_.~' },
  { kept: '-_.~', plus: true },
  // encodeURIComponent, encodeURI.
  { kept: "-_.~!'()*" },
  { kept: "-_.~!'()*;,/?:@&=+$#" },
  // Python's quote, Go's path, the user name and password of a URL.
  { kept: '-_.~/' },
  { kept: '-_.~$&+=:@' },
  { kept: "-_.~!$&'()*+," },
  // HTML forms and Java; PHP.
  { kept: '-_.*', plus: true },
  { kept: '-_.', plus: true },
];

/** A text as part of a URL or of a form, by the customs of the common writers, with hex digits in both cases. */
export function urlForms(text: string): string[] {
  const strict = encodeURIComponent(text).replace(/[-_.~!'()*]/g, percent);
  const upper = styles.map(({ kept, plus }) => {
    const spaced = plus ? strict.replaceAll('%20', '+') : strict;
    return spaced.replace(/%[2-7][0-9A-F]/g, (code) => {
      const character = String.fromCharCode(Number.parseInt(code.slice(1), 16));
      return kept.includes(character) ? character : code;
    });
  });
  return [...upper, ...upper.map((form) => form.replace(/%[0-9A-F]{2}/g, (code) => code.toLowerCase()))];
}

const percent = (character: string): string => `%${character.charCodeAt(0).toString(16).toUpperCase()}`;
