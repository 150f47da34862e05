interface Page<Item> {
  readonly data: readonly Item[];
  readonly total: number;
}

/** Every item of a list that is paged by number, until `total` have come or a page is empty. */
export async function* pagesOf<Item>(load: (page: number) => Promise<Page<Item>>): AsyncGenerator<Item> {
  let yielded = 0;
  for (let page = 1; ; page += 1) {
    const { data, total } = await load(page);
    yield* data;
    yielded += data.length;
    if (data.length === 0 || yielded >= total) return;
  }
}

/** Every item of a list that is paged by `skip`, until a page is short. */
export async function* skipsOf<Item>(
  pageSize: number,
  load: (skip: number) => Promise<readonly Item[]>,
): AsyncGenerator<Item> {
  for (let skip = 0; ; skip += pageSize) {
    const items = await load(skip);
    yield* items;
    if (items.length < pageSize) return;
  }
}
