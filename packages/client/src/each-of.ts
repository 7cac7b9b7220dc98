interface Page<Item, Cursor> {
  items: Item[];
  /** Where the next page is read on; null after the last. */
  nextCursor: Cursor | null;
}

/** All that a list of pages holds, page by page as it is asked for. A page may come short, or empty, and go on all the same. */
export async function* eachOf<Item, Cursor extends string>(
  read: (from: { cursor?: Cursor }) => Promise<Page<Item, Cursor>>,
): AsyncGenerator<Item, void, void> {
  let from: { cursor?: Cursor } = {};
  for (;;) {
    const { items, nextCursor } = await read(from);
    yield* items;
    if (nextCursor === null) return;
    from = { cursor: nextCursor };
  }
}
