import { NexomaticError } from '@nexomatic/contracts/error-code';

/** Names of letters, digits, `_` and `-`, joined by dots: an import path, or a command's name. Never a path or code. */
const form = /^[A-Za-z_][\w-]*(\.[A-Za-z_][\w-]*)*$/;
const maxLength = 200;

/** Refuses a module that no runtime could find, or that would be more than a name. */
export function checkModule(module: string): void {
  if (module.length <= maxLength && form.test(module)) return;
  const message =
    module.length > maxLength
      ? `longer than ${maxLength} characters`
      : 'names joined by dots, such as my_module.runner; no paths, spaces or brackets';
  throw new NexomaticError('invalid_module_path', 'The module is not an import path.', {
    errors: [{ path: 'module', message }],
  });
}
