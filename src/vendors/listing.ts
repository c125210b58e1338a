import type { Listing } from '../entities.ts';
import type { Page } from './walk.ts';

/** A list that is read by offset, page by page. */
export interface PagedRead<Item> {
  /** Reads so many items from an offset on; null where the list itself is not there. */
  page(offset: number, limit: number): Promise<Page<Item> | null>;
  idOf(item: Item): string;
  /** The error for a list that is longer than is read. */
  tooLong(items: number): Error;
}

/** The most that the vendors give in one page. */
const largestPage = 100;

// Bounds what a list without an end can cost in memory; its time is bounded by the field's.
const mostPages = 200;

/**
 * One part of a list. Where the vendor tells no total, only another call shows whether there is more:
 * it is made when that is asked for.
 *
 * @param first how many items at most, 1 to 100
 * @returns null where the list itself is not there
 */
export async function readListing<Item>(
  list: PagedRead<Item>,
  offset: number,
  first: number,
): Promise<Listing<Item> | null> {
  const page = await list.page(offset, first);
  if (page === null) return null;
  const { items, total } = page;
  if (items.length > first) {
    // A vendor that takes no limit gives all of its list, and takes no offset either.
    const end = offset + first;
    return { offset, items: items.slice(offset, end), hasMore: async () => end < items.length };
  }
  const end = offset + items.length;
  const hasMore = async () => {
    if (total !== null) return items.length > 0 && end < total;
    if (items.length < first) return false;
    const next = await list.page(end, 1);
    return next !== null && next.items.length > 0;
  };
  return { offset, items, hasMore };
}

/**
 * All items of a list, page after page, each once: a list may change while it is read.
 *
 * @param isEnough told the items of each page; true ends the walk
 * @returns null where the list itself is not there
 * @throws {ReadError} where it has no end within 200 pages, since a part would look like the whole
 */
export async function readAll<Item>(
  list: PagedRead<Item>,
  isEnough: (items: readonly Item[]) => boolean = () => false,
): Promise<readonly Item[] | null> {
  const items = new Map<string, Item>();
  let offset = 0;
  for (let count = 1; count <= mostPages; count += 1) {
    const page = await list.page(offset, largestPage);
    if (page === null) return null;
    const known = items.size;
    for (const item of page.items) items.set(list.idOf(item), item);
    offset += page.items.length;
    const isLast = page.total === null ? page.items.length < largestPage : offset >= page.total;
    // A page with nothing new ends it too: a vendor that takes no offset would give it for ever.
    if (isLast || items.size === known || isEnough(page.items)) return [...items.values()];
  }
  throw list.tooLong(mostPages * largestPage);
}
