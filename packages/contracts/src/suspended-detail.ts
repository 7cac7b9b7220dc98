/** What everybody of a suspended tenant is told. */
export const suspendedDetail = (name: string): string =>
  `${name} is suspended: an administrator of this hub has stopped it. Its data stays; ask them to resume it.`;
