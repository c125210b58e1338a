/** How a vendor names the size of a page, and which size it takes where none is asked for. */
export interface Paging {
  readonly size: 'limit' | 'count';
  readonly standard: number;
}

const largest = 100;

/** The page of a list that a query asks for, as the four vendors give it: by offset, 100 at most. */
export function pageOf<Item>(
  items: readonly Item[],
  query: URLSearchParams,
  paging: Paging,
): Item[] {
  const asked = Number(query.get(paging.size) ?? paging.standard);
  const size = Number.isInteger(asked) && asked > 0 ? Math.min(asked, largest) : paging.standard;
  const offset = Math.max(0, Number(query.get('offset') ?? 0) || 0);
  return items.slice(offset, offset + size);
}
