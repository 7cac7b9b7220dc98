import * as z from 'zod';

/** What is asked of people about themselves, wherever they are asked. */

/** Compared trimmed and in lower case, so that it is kept that way. */
export const emailSchema = z
  .string({ error: 'Give an e-mail address.' })
  .trim()
  .toLowerCase()
  .max(254, { error: 'An e-mail address has 254 characters at most.' })
  .regex(/^[^\s@]+@[^\s@]+$/, { error: 'Give an e-mail address, such as ada@example.com.' });

export const minPasswordLength = 8;
export const maxPasswordLength = 128;
const lengthRule = `A password has ${minPasswordLength} to ${maxPasswordLength} characters.`;

/** A password that somebody chooses: its characters as they come, nothing trimmed, folded or normalised. */
export const newPasswordSchema = z.string({ error: 'Choose a password.' }).superRefine((text, context) => {
  // A megabyte is refused by its length alone, before it is split into characters.
  const length = text.length > 2 * maxPasswordLength ? text.length : [...text].length;
  if (length >= minPasswordLength && length <= maxPasswordLength) return;
  context.addIssue({ code: 'custom', message: `${lengthRule} This one has ${length}.` });
});

/** A password that somebody signs in with. */
export const passwordSchema = z
  .string({ error: 'Give your password.' })
  .min(1, { error: 'Give your password.' })
  .max(2 * maxPasswordLength, { error: lengthRule });
