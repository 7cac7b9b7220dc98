import { Form, useNavigation } from '@remix-run/react';
import { Plus } from '../../components/icons.ts';

/** Makes one more credential of the source. */
export function MakeToken() {
  const busy = useNavigation().state !== 'idle';
  return (
    <Form method="post" className="ml-auto">
      <input type="hidden" name="intent" value="make" />
      <button type="submit" className="button-primary" disabled={busy}>
        <Plus size={14} aria-hidden="true" />
        Make a token
      </button>
    </Form>
  );
}
