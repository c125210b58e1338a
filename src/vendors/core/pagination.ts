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
  createTooLongError(items: number): Error;
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
 * Reads all items of a list, page after page, each once: a list may change while it is read.
 *
 * @param isEnough receives the items of each page; true ends the walk
 * @returns null if the list does not exist
 * @throws {Error} `createTooLongError`, if the end is not reached, since a part would look like the whole
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
    if (isFullAgain && !(await ignoresLimit(list, page))) throw list.createTooLongError(pageSize);
    return [...items.values()];
  }
  throw list.createTooLongError(maxPages * pageSize);
}

/** Returns a page's total; null if the page holds more items than that, since such a total counts something else. */
export function getCredibleTotal({ items, total }: Page<unknown>): number | null {
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

function isSameSet(ids: ReadonlySet<string>, before: ReadonlySet<string> | null): boolean {
  return before !== null && ids.size === before.size && ids.isSubsetOf(before);
}
