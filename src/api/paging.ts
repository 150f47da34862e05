interface Page<Item> {
  readonly data: readonly Item[];
  readonly total: number;
}

/** Every item of a list that is paged by number, until `total` have come or a page is empty. */
export async function* paginate<Item>(load: (page: number) => Promise<Page<Item>>): AsyncGenerator<Item> {
  let yielded = 0;
  for (let page = 1; ; page += 1) {
    const { data, total } = await load(page);
    yield* data;
    yielded += data.length;
    if (data.length === 0 || yielded >= total) return;
  }
}

interface OffsetPage<Item> {
  readonly data: readonly Item[];
  readonly isLast: boolean;
}

/** Every item of a list that is paged by `skip`. */
export async function* paginateByOffset<Item>(
  pageSize: number,
  load: (skip: number) => Promise<OffsetPage<Item>>,
): AsyncGenerator<Item> {
  for (let skip = 0; ; skip += pageSize) {
    const { data, isLast } = await load(skip);
    yield* data;
    if (isLast) return;
  }
}
