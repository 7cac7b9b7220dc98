import * as z from 'zod';

/**
 * What people call a person, tenant or token: any script, one line, 100 characters. Spaces around it go, and it is kept composed
 * (NFC), so that two names which look the same are the same. Characters that can't be seen or that turn the direction of
 * writing are refused: with them one name could pass for another.
 */
export const displayName = z
  .string()
  .trim()
  .normalize('NFC')
  .min(1, 'give it a name')
  .max(100, 'at most 100 characters')
  .regex(
    /^[^\p{Cc}\p{Cf}\p{Zl}\p{Zp}]*$/u,
    'no control characters, and none that are invisible or change the direction',
  );
