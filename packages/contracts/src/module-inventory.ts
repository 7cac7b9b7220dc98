import * as z from 'zod';

/** What an agent says of the modules in its folders: said at hello, and again when a file changed. */

export const maxInventoryModules = 1_000;

/** A parameter that a module declares, by its docstring, its `param` block or however its language says such things. */
export const moduleParameter = z.object({
  name: z.string().max(100),
  type: z.string().max(100).nullable().describe('as the module writes it'),
  required: z.boolean(),
  description: z.string().max(500).nullable(),
});

export const inventoryModule = z.object({
  name: z.string().max(200).describe('what an action names: `folder.module.function`'),
  hash: z.string().max(64).describe('SHA-256 of the file, hex; the same on two machines when the file is'),
  summary: z.string().max(500).nullable().describe('first line of what it says about itself'),
  parameters: z.array(moduleParameter).max(100),
});
export type InventoryModule = z.infer<typeof inventoryModule>;

export const moduleInventory = z.object({
  modules: z.array(inventoryModule).describe(`${maxInventoryModules} at most; a longer list is refused as too large`),
  truncated: z.boolean().describe('there are more than it may tell'),
});
export type ModuleInventory = z.infer<typeof moduleInventory>;
