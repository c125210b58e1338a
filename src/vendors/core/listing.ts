import type { Listing } from '../../domain/entities.ts';
import { credibleTotal, type Page, pageSize } from './find-in-pages.ts';

/** A list that is read by offset, page by page. */
export interface PagedRead<Item> {
  /** Reads up to `limit` items from an offset on; null if the list itself does not exist. */
  page(offset: number, limit: number): Promise<Page<Item> | null>;
  idOf(item: Item): string;
  /** The error for a list that is longer than the gateway reads. */
  tooLong(items: number): Error;
}

// Bounds the memory that an endless list can cost; its time is bounded by the field's.
const mostPages = 200;

/**
 * Reads a part of a list. If the vendor reports no total, only another call shows whether items follow:
 * it is made when that is asked for. Lists that ignore the limit, the offset or both are recognised, so
 * that each item is in one part only.
 *
 * @param first the most items to return, 1 to 100
 * @returns null if the list itself does not exist
 * @throws {Error} `tooLong`, if the list ignores offsets and has more items than one page can show
 */
export async function readPage<Item>(
  list: PagedRead<Item>,
  offset: number,
  first: number,
): Promise<Listing<Item> | null> {
  const page = await list.page(offset, first);
  if (page === null) return null;
  const whole = offset === 0 ? null : await readWhole(list, page, offset, first);
  if (whole !== null) {
    const items = distinct(list, whole);
    const end = offset + first;
    return { offset, items: items.slice(offset, end), hasMore: async () => end < items.length };
  }
  const rows = page.items.slice(0, first);
  const items = distinct(list, rows);
  const last = items.length - 1;
  // The next part begins behind all rows, including those that were left out.
  const places = items.map((_item, index) => offset + (index < last ? index : rows.length - 1));
  return { offset, items, places, hasMore: () => hasMore(list, page, offset, first) };
}

async function hasMore<Item>(
  list: PagedRead<Item>,
  page: Page<Item>,
  offset: number,
  first: number,
): Promise<boolean> {
  const { items } = page;
  if (items.length === 0) return false;
  if (items.length > first) return true;
  const end = offset + items.length;
  const total = credibleTotal(page);
  if (total !== null) return end < total;
  if (items.length < first) return false;
  const next = await list.page(end, 1);
  if (next === null || next.items.length === 0) return false;
  // A list that respected an offset before does so now; it may have grown at its beginning.
  if (offset > 0 || !isSamePart(list, items, next.items)) return true;
  // The list ignores the offset. If it ignores the limit too, the page was all of it.
  if (next.items.length === 1) await readUnpaged(list, first);
  return false;
}

/** Returns all items of a list that ignored the offset of a page; null if the list respects offsets. */
async function readWhole<Item>(
  list: PagedRead<Item>,
  page: Page<Item>,
  offset: number,
  first: number,
): Promise<readonly Item[] | null> {
  const { items } = page;
  // The whole list has at least as many items as precede the offset. This spares most pages the call below.
  if (items.length < offset || items.length === 0) return null;
  const total = credibleTotal(page);
  if (items.length === total) return items;
  if (total !== null && items.length <= Math.min(first, total - offset)) return null;
  const start = await list.page(0, 1);
  if (start === null || !isSamePart(list, items, start.items)) return null;
  return start.items.length > 1 ? items : readUnpaged(list, first);
}

/**
 * Reads a list that respects the limit and ignores the offset: all of it, if it fits into one part.
 *
 * @throws {Error} `tooLong` otherwise, since its rest can be read in no part
 */
async function readUnpaged<Item>(list: PagedRead<Item>, first: number): Promise<readonly Item[]> {
  const page = await list.page(0, pageSize);
  if (page === null || page.items.length > first || page.items.length === pageSize) {
    throw list.tooLong(first);
  }
  return page.items;
}

/** Whether two pages that were read from different offsets hold the same part of the list. */
function isSamePart<Item>(
  { idOf }: PagedRead<Item>,
  one: readonly Item[],
  other: readonly Item[],
): boolean {
  const [first, start] = [one[0], other[0]];
  if (first === undefined || start === undefined) return false;
  if (idOf(first) === idOf(start)) return true;
  // Without paging the order may change from call to call.
  const ids = new Set(one.map(idOf));
  return (
    one.length > 1 && one.length === other.length && other.every((item) => ids.has(idOf(item)))
  );
}

/** Drops the items whose id has come before. */
function distinct<Item>({ idOf }: PagedRead<Item>, items: readonly Item[]): readonly Item[] {
  const byId = new Map<string, Item>();
  for (const item of items) {
    const id = idOf(item);
    if (!byId.has(id)) byId.set(id, item);
  }
  return byId.size === items.length ? items : [...byId.values()];
}

/**
 * Reads all items of a list, page after page, each once: a list may change while it is read.
 *
 * @param isEnough receives the items of each page; true ends the walk
 * @returns null if the list itself does not exist
 * @throws {Error} `tooLong`, if the end is not reached, since a part would look like the whole
 */
export async function readAllPages<Item>(
  list: PagedRead<Item>,
  isEnough: (items: readonly Item[]) => boolean = () => false,
): Promise<readonly Item[] | null> {
  const items = new Map<string, Item>();
  let offset = 0;
  for (let count = 1; count <= mostPages; count += 1) {
    const page = await list.page(offset, pageSize);
    if (page === null) return null;
    const known = items.size;
    for (const item of page.items) items.set(list.idOf(item), item);
    offset += page.items.length;
    const total = page.total !== null && page.total >= offset ? page.total : null;
    const isLast = total === null ? page.items.length < pageSize : offset >= total;
    if (isLast || isEnough(page.items)) return [...items.values()];
    if (items.size > known) continue;
    // The first page again: the list ignores offsets. A full page is all of it only if it ignores limits too.
    const isFullAgain = count === 2 && page.items.length === pageSize;
    if (isFullAgain && ((await list.page(0, 1))?.items.length ?? 0) <= 1) {
      throw list.tooLong(pageSize);
    }
    return [...items.values()];
  }
  throw list.tooLong(mostPages * pageSize);
}
