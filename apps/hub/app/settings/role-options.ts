import { roles } from '@nexomatic/contracts/permission';
import { roleWords } from '../people/role-words.ts';

/** The roles as cards to choose from. Only owners make owners. */
export const roleOptions = (mayOwn: boolean) =>
  roles.map((role) => {
    const { word, does } = roleWords[role];
    return {
      value: role,
      label: word,
      help: `${does.charAt(0).toUpperCase()}${does.slice(1)}.`,
      disabled: role === 'owner' && !mayOwn,
    };
  });
