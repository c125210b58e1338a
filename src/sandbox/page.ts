/** The name of a vendor's page size parameter, and its default. */
export interface Paging {
  readonly size: 'limit' | 'count';
  readonly standard: number;
}

const largest = 100;

/** Returns the page of a list that a query asks for, as the vendors page: by offset, at most 100 items. */
export function slicePage<Item>(
  items: readonly Item[],
  query: URLSearchParams,
  paging: Paging,
): Item[] {
  const asked = Number(query.get(paging.size) ?? paging.standard);
  const size = Number.isInteger(asked) && asked > 0 ? Math.min(asked, largest) : paging.standard;
  const offset = Math.max(0, Number(query.get('offset') ?? 0) || 0);
  return items.slice(offset, offset + size);
}
