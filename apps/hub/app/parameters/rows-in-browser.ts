import { parse } from '@conform-to/react';

/**
 * `onValidate` of a form with `ParameterRows`: adding, moving and removing rows is done in the browser instead of being asked of
 * the hub. What stands in the fields is the hub's to judge, so everything passes here.
 */
export const rowsInBrowser = <Value>({ formData }: { formData: FormData }) =>
  parse<Value, string[]>(formData, { resolve: (payload) => ({ value: payload as Value }) });
