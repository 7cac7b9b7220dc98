import type { ActionBody } from '@nexomatic/contracts/action-api';
import type { Choice } from '../components/form/combobox-field.tsx';
import { toRows } from '../parameters/row-values.ts';

/** How the fields of an action are called, in its form and in its history. */
export const actionLabels = {
  name: 'Name',
  description: 'Description',
  module: 'Module',
  onSuccessId: 'On success',
  onFailureId: 'On failure',
  parameters: 'Parameters',
};

/** An action as its form begins with it. */
export function formValue({ name, description, module, onSuccessId, onFailureId, parameters }: ActionBody) {
  return { name, description, module, onSuccessId, onFailureId, parameters: toRows(parameters) };
}

/** An action as its history compares it: event types by their names. */
export function historyBody(body: ActionBody, eventTypes: readonly Choice[]) {
  const { name, description, module, onSuccessId, onFailureId, parameters } = body;
  const nameOf = (id: string | null) => eventTypes.find(({ value }) => value === id)?.label ?? id;
  return { name, description, module, onSuccessId: nameOf(onSuccessId), onFailureId: nameOf(onFailureId), parameters };
}
