/** There is no such module here; the message says what was looked for and where. */
export class ModuleNotFound extends Error {
  override name = 'ModuleNotFound';
}
