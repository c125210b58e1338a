import type { Listing } from '../../domain/entities.ts';

/** One page of a vendor's list. */
export interface Page<Item> {
  readonly items: readonly Item[];
  /** The number of items in the whole list; null if the vendor does not report it. */
  readonly total: number | null;
}

/** A list that is read by offset, page by page. */
export interface PagedList<Item> {
  /** Reads up to `limit` items starting at an offset; null if the list does not exist, or in a search cannot be read. */
  readPage(offset: number, limit: number): Promise<Page<Item> | null>;
  getId(item: Item): string;
}

/** A list whose end the gateway may not reach. */
export interface BoundedList<Item> extends PagedList<Item> {
  /** Returns the error for a list of more items than the gateway reads. */
  tooLong(items: number): Error;
}

/** The result of a search in a list. */
export type PageSearch<Item> =
  | { readonly kind: 'found'; readonly item: Item }
  | { readonly kind: 'absent' }
  | { readonly kind: 'unreadable' };

/** The largest page of every vendor. */
export const pageSize = 100;

// Bounds the memory that an endless list can cost. Its time is bounded by the field's.
const maxPages = 200;
const maxSearchPages = 1_000;
const maxWalks = 5;

/**
 * Searches for one item in a list that may change while it is read. Presence counts immediately. Absence counts only if
 * one page contained everything, or the ids seen match a total that stayed the same, or two walks in a row saw the same
 * ids: otherwise an item that moved to an earlier page would be missed. Absence never counts if the vendor reports more
 * items than were seen, or repeats a part of the list instead of the next page.
 */
export async function findInPages<Item>(
  list: PagedList<Item>,
  isTarget: (item: Item) => boolean,
): Promise<PageSearch<Item>> {
  let idsBefore: ReadonlySet<string> | null = null;
  for (let count = 0; count < maxWalks; count += 1) {
    const walk = await walkPages(list, isTarget);
    if (walk.kind !== 'ended') return walk;
    const { ids, total, isOnePage } = walk;
    const isWhole = total === ids.size || (isOnePage && total === null);
    const isShort = total !== null && ids.size < total;
    if (isWhole || (isSameSet(ids, idsBefore) && !isShort)) return { kind: 'absent' };
    idsBefore = ids;
  }
  return { kind: 'unreadable' };
}

type Walk<Item> =
  | Exclude<PageSearch<Item>, { kind: 'absent' }>
  | {
      readonly kind: 'ended';
      readonly ids: ReadonlySet<string>;
      /** The total that all pages reported; null if one reported none, or they did not agree. */
      readonly total: number | null;
      readonly isOnePage: boolean;
    };

async function walkPages<Item>(
  list: PagedList<Item>,
  isTarget: (item: Item) => boolean,
): Promise<Walk<Item>> {
  const ids = new Set<string>();
  const totals = new Set<number | null>();
  let offset = 0;
  for (let count = 1; count <= maxSearchPages; count += 1) {
    const page = await list.readPage(offset, pageSize);
    if (page === null) return { kind: 'unreadable' };
    const target = page.items.find(isTarget);
    if (target !== undefined) return { kind: 'found', item: target };
    const known = ids.size;
    for (const item of page.items) ids.add(list.getId(item));
    totals.add(getCredibleTotal(page));
    offset += page.items.length;
    const isLast = isLastPage(page, offset, getCredibleTotal(page));
    if (!isLast && ids.size > known) continue;
    // The first page again: the list ignores offsets.
    const isRepeated = count === 2 && !isLast && page.items.length >= pageSize;
    if (isRepeated && !(await ignoresLimit(list, page))) return { kind: 'unreadable' };
    const isOnePage = isRepeated || (count === 1 && page.items.length < pageSize);
    const [total = null] = totals;
    return { kind: 'ended', ids, total: totals.size === 1 ? total : null, isOnePage };
  }
  return { kind: 'unreadable' };
}

/**
 * Reads a part of a list. If the vendor reports no total, only another call shows whether items follow: it is made when
 * that is asked for. Lists that ignore the limit, the offset or both are recognised, so that each item is in one part
 * only.
 *
 * @param first the most items to return, 1 to 100
 * @returns null if the list does not exist
 * @throws {Error} `tooLong`, if the list ignores offsets and has more items than one page can show
 */
export async function readPage<Item>(
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
 * @throws {Error} `tooLong` otherwise, since its rest cannot be read
 */
async function readWithoutOffset<Item>(
  list: BoundedList<Item>,
  first: number,
): Promise<readonly Item[]> {
  const page = await list.readPage(0, pageSize);
  if (page === null || page.items.length > first || page.items.length === pageSize) {
    throw list.tooLong(first);
  }
  return page.items;
}

/**
 * Reads all items of a list, page after page, each once: a list may change while it is read.
 *
 * @param isEnough receives the items of each page; true ends the walk
 * @returns null if the list does not exist
 * @throws {Error} `tooLong`, if the end is not reached, since a part would look like the whole
 */
export async function readAllPages<Item>(
  list: BoundedList<Item>,
  isEnough: (items: readonly Item[]) => boolean = () => false,
): Promise<readonly Item[] | null> {
  const items = new Map<string, Item>();
  let offset = 0;
  for (let count = 1; count <= maxPages; count += 1) {
    const page = await list.readPage(offset, pageSize);
    if (page === null) return null;
    const known = items.size;
    for (const item of page.items) items.set(list.getId(item), item);
    offset += page.items.length;
    const total = page.total !== null && page.total >= offset ? page.total : null;
    if (isLastPage(page, offset, total) || isEnough(page.items)) return [...items.values()];
    if (items.size > known) continue;
    // The first page again: the list ignores offsets. A full page is all of it only if it ignores limits too.
    const isFullAgain = count === 2 && page.items.length === pageSize;
    if (isFullAgain && !(await ignoresLimit(list, page))) throw list.tooLong(pageSize);
    return [...items.values()];
  }
  throw list.tooLong(maxPages * pageSize);
}

/** Returns a page's total; null if the page holds more items than that, since such a total counts something else. */
function getCredibleTotal({ items, total }: Page<unknown>): number | null {
  return total !== null && total >= items.length ? total : null;
}

/** Without a total a short page is the last one. With a total, a vendor may return less than was asked for. */
function isLastPage({ items }: Page<unknown>, end: number, total: number | null): boolean {
  return total === null ? items.length < pageSize : end >= total;
}

/**
 * Returns whether a page that repeats an earlier one holds the whole list: it does if the list ignores the limit as well
 * as the offset, and may be a part of it if the list ignores the offset only.
 */
async function ignoresLimit<Item>(list: PagedList<Item>, page: Page<Item>): Promise<boolean> {
  if (page.items.length > pageSize) return true;
  return ((await list.readPage(0, 1))?.items.length ?? 0) > 1;
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

function isSameSet(ids: ReadonlySet<string>, before: ReadonlySet<string> | null): boolean {
  return before !== null && ids.size === before.size && ids.isSubsetOf(before);
}
