/** One page of a vendor's list. */
export interface Page<Item> {
  readonly items: readonly Item[];
  /** The number of items in the whole list; null if the vendor does not report it. */
  readonly total: number | null;
}

/** Returns a page's total, or null if the page holds more items than that: such a total counts something else. */
export function credibleTotal({ items, total }: Page<unknown>): number | null {
  return total !== null && total >= items.length ? total : null;
}

/** What a list shows of what was looked for. */
export type PageSearch<Item> =
  | { readonly kind: 'found'; readonly item: Item }
  | { readonly kind: 'absent' }
  | { readonly kind: 'unreadable' };

/** A list that is read by offset, page by page. */
export interface PagedList<Item> {
  /** Reads up to `limit` items from an offset on; null if they cannot be read. */
  read(offset: number, limit: number): Promise<Page<Item> | null>;
  idOf(item: Item): string;
  isTarget(item: Item): boolean;
}

/** The most that the vendors give in one page. */
export const pageSize = 100;

// Bounds what a list without an end can cost; the time of the change is usually over before.
const maxPages = 1_000;
const maxWalks = 5;

/**
 * Looks for one item in a list that may change while it is read. Presence counts immediately. Absence
 * counts only if one page held everything, or the ids seen match a total that stayed the same, or two
 * walks in a row saw the same ids: otherwise an item that moved to an earlier page would be missed.
 * Absence never counts if the vendor reports more items than were seen, or repeats a part of the list
 * instead of the next page.
 */
export async function findInPages<Item>(list: PagedList<Item>): Promise<PageSearch<Item>> {
  let before: ReadonlySet<string> | null = null;
  for (let count = 0; count < maxWalks; count += 1) {
    const walked = await walk(list);
    if (walked.kind !== 'ended') return walked;
    const { ids, total, isOnePage } = walked;
    const isWhole = total === ids.size || (isOnePage && total === null);
    const isShort = total !== null && ids.size < total;
    if (isWhole || (isSame(ids, before) && !isShort)) return { kind: 'absent' };
    before = ids;
  }
  return { kind: 'unreadable' };
}

type Walked<Item> =
  | { readonly kind: 'found'; readonly item: Item }
  | { readonly kind: 'unreadable' }
  | {
      readonly kind: 'ended';
      readonly ids: ReadonlySet<string>;
      /** The total that all pages told; null where one told none, or they did not agree. */
      readonly total: number | null;
      readonly isOnePage: boolean;
    };

async function walk<Item>(list: PagedList<Item>): Promise<Walked<Item>> {
  const ids = new Set<string>();
  const totals = new Set<number | null>();
  let offset = 0;
  for (let count = 1; count <= maxPages; count += 1) {
    const page = await list.read(offset, pageSize);
    if (page === null) return { kind: 'unreadable' };
    const target = page.items.find((item) => list.isTarget(item));
    if (target !== undefined) return { kind: 'found', item: target };
    const known = ids.size;
    for (const item of page.items) ids.add(list.idOf(item));
    const told = credibleTotal(page);
    totals.add(told);
    offset += page.items.length;
    // Without a total a short page is the last one; with one, a vendor may give less than was asked for.
    const isLast = told === null ? page.items.length < pageSize : offset >= told;
    if (!isLast && ids.size > known) continue;
    // The first page again: the list ignores offsets.
    const isRepeated = count === 2 && !isLast && page.items.length >= pageSize;
    if (isRepeated && !(await ignoresLimit(list, page))) return { kind: 'unreadable' };
    const isOnePage = isRepeated || (count === 1 && page.items.length < pageSize);
    return { kind: 'ended', ids, total: agreed(totals), isOnePage };
  }
  return { kind: 'unreadable' };
}

/**
 * Whether a page that repeats an earlier one holds the whole list: it does if the list ignores the limit
 * as well as the offset, and may be a part of it if the list ignores the offset only.
 */
async function ignoresLimit<Item>(list: PagedList<Item>, page: Page<Item>): Promise<boolean> {
  if (page.items.length > pageSize) return true;
  return ((await list.read(0, 1))?.items.length ?? 0) > 1;
}

function agreed(totals: ReadonlySet<number | null>): number | null {
  const [total = null] = totals;
  return totals.size === 1 ? total : null;
}

function isSame(ids: ReadonlySet<string>, before: ReadonlySet<string> | null): boolean {
  return before !== null && ids.size === before.size && ids.isSubsetOf(before);
}
