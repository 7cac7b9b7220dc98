/** A path of this hub to go on to, as it stands in an address or a form; anything that could lead elsewhere is none. */
export function safePath(text: FormDataEntryValue | null | undefined): string | null {
  if (typeof text !== 'string' || text.length > 2_000) return null;
  // Browsers read `\` as `/`, and `//host` as another host; tabs and line breaks they leave out.
  return /^\/(?![/\\])[^\\\s]*$/.test(text) ? text : null;
}
