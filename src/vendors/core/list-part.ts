import type { Listing } from '../../domain/entities.ts';
import {
  type BoundedList,
  getCredibleTotal,
  type Page,
  type PagedList,
  pageSize,
} from './pagination.ts';

/**
 * Reads a part of a list. If the vendor reports no total, only another call shows whether items follow: it is made when
 * that is asked for. Lists that ignore the limit, the offset or both are recognised, so that each item is in one part
 * only.
 *
 * @param first the most items to return, 1 to 100
 * @returns null if the list does not exist
 * @throws {Error} `createTooLongError`, if the list ignores offsets and has more items than one page can show
 */
export async function readListPart<Item>(
  list: BoundedList<Item>,
  offset: number,
  first: number,
): Promise<Listing<Item> | null> {
  const page = await list.readPage(offset, first);
  if (page === null) return null;
  const whole = offset === 0 ? null : await readIfOffsetIgnored(list, page, offset, first);
  if (whole !== null) {
    const items = removeDuplicates(list, whole);
    const end = offset + first;
    return { offset, items: items.slice(offset, end), hasMore: async () => end < items.length };
  }
  const rows = page.items.slice(0, first);
  const items = removeDuplicates(list, rows);
  const last = items.length - 1;
  // The next part begins after all rows, including those that were left out.
  const places = items.map((_item, index) => offset + (index < last ? index : rows.length - 1));
  return { offset, items, places, hasMore: () => hasMore(list, page, offset, first) };
}

async function hasMore<Item>(
  list: BoundedList<Item>,
  page: Page<Item>,
  offset: number,
  first: number,
): Promise<boolean> {
  const { items } = page;
  if (items.length === 0) return false;
  if (items.length > first) return true;
  const end = offset + items.length;
  const total = getCredibleTotal(page);
  if (total !== null) return end < total;
  if (items.length < first) return false;
  const next = await list.readPage(end, 1);
  if (next === null || next.items.length === 0) return false;
  // A list that respected an offset before still does; it may have grown at its beginning.
  if (offset > 0 || !isSamePart(list, items, next.items)) return true;
  // The list ignores the offset. If it ignores the limit too, the page was all of it.
  if (next.items.length === 1) await readWithoutOffset(list, first);
  return false;
}

/** Returns all items of a list that ignored the offset of a page; null if the list respects offsets. */
async function readIfOffsetIgnored<Item>(
  list: BoundedList<Item>,
  page: Page<Item>,
  offset: number,
  first: number,
): Promise<readonly Item[] | null> {
  const { items } = page;
  // The whole list has at least as many items as precede the offset: most pages need no further call.
  if (items.length < offset || items.length === 0) return null;
  const total = getCredibleTotal(page);
  if (items.length === total) return items;
  if (total !== null && items.length <= Math.min(first, total - offset)) return null;
  const start = await list.readPage(0, 1);
  if (start === null || !isSamePart(list, items, start.items)) return null;
  return start.items.length > 1 ? items : readWithoutOffset(list, first);
}

/**
 * Reads a list that respects the limit and ignores the offset: all of it, if it fits into one part.
 *
 * @throws {Error} `createTooLongError` otherwise, since its rest cannot be read
 */
async function readWithoutOffset<Item>(
  list: BoundedList<Item>,
  first: number,
): Promise<readonly Item[]> {
  const page = await list.readPage(0, pageSize);
  if (page === null || page.items.length > first || page.items.length === pageSize) {
    throw list.createTooLongError(first);
  }
  return page.items;
}

/** Returns whether two pages that were read from different offsets hold the same part of the list. */
function isSamePart<Item>(
  { getId }: PagedList<Item>,
  one: readonly Item[],
  other: readonly Item[],
): boolean {
  const [first, start] = [one[0], other[0]];
  if (first === undefined || start === undefined) return false;
  if (getId(first) === getId(start)) return true;
  // Without paging the order may change from call to call.
  const ids = new Set(one.map(getId));
  return (
    one.length > 1 && one.length === other.length && other.every((item) => ids.has(getId(item)))
  );
}

function removeDuplicates<Item>(
  { getId }: PagedList<Item>,
  items: readonly Item[],
): readonly Item[] {
  const byId = new Map<string, Item>();
  for (const item of items) {
    const id = getId(item);
    if (!byId.has(id)) byId.set(id, item);
  }
  return byId.size === items.length ? items : [...byId.values()];
}
