import { createApiTokenInput, tokenLifetimes } from '@nexomatic/contracts/api-token-api';
import { permissionNames } from '@nexomatic/contracts/permission';
import * as z from 'zod';
import { tokenPresets } from './token-presets.ts';

/** The form of a new token, and the token that it asks for. */
export const tokenForm = z
  .object({
    name: createApiTokenInput.shape.name,
    preset: z.string(),
    scopes: z.array(z.enum(permissionNames)).default([]),
    expires: z.string(),
  })
  .superRefine(({ preset, scopes }, context) => {
    if (preset === 'custom' && scopes.length === 0)
      context.addIssue({ code: 'custom', path: ['scopes'], message: 'Choose at least one.' });
  })
  .transform(({ name, preset, scopes, expires }) => ({
    name,
    // Something else than the presets that are offered gives no more than was ticked.
    scopes: preset === 'custom' ? scopes : scopesOf(preset),
    expiresInDays: tokenLifetimes.find((days) => String(days) === expires) ?? null,
  }));
export type TokenForm = z.input<typeof tokenForm>;

function scopesOf(value: string) {
  const preset = tokenPresets.find((one) => one.value === value);
  return preset?.scopes === null ? null : [...(preset?.scopes ?? [])];
}
