const quotes = ['"', '&quot;', '&#34;'];
const apostrophes = ["'", '&#39;', '&#x27;', '&apos;', '&#039;'];

/** A text in HTML or XML, by the customs of the common writers. */
export function htmlForms(text: string): string[] {
  const safe = text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
  const forms = quotes.flatMap((quote) =>
    apostrophes.map((apostrophe) => safe.replaceAll('"', quote).replaceAll("'", apostrophe)),
  );
  return [...forms, mustache(safe)];
}

/** Template engines that also escape what could end an attribute or begin a tag's end. */
function mustache(safe: string): string {
  return safe
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&#39;')
    .replaceAll('/', '&#x2F;')
    .replaceAll('`', '&#x60;')
    .replaceAll('=', '&#x3D;');
}
