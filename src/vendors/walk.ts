/** One page of a vendor's list. */
export interface Page<Item> {
  readonly items: readonly Item[];
  /** How many there are in all, null where the vendor does not tell. */
  readonly total: number | null;
}

/** What a list shows of what was looked for. */
export type Finding<Item> =
  | { readonly kind: 'found'; readonly item: Item }
  | { readonly kind: 'absent' }
  | { readonly kind: 'unreadable' };

/** A list that is read by offset, page by page. */
export interface PagedList<Item> {
  /** Reads the page from an offset on; null where it cannot be read. */
  read(offset: number): Promise<Page<Item> | null>;
  idOf(item: Item): string;
  isTarget(item: Item): boolean;
}

/** The most that the vendors give in one page. */
export const pageSize = 100;

// Bounds what a list without an end can cost; the time of the change is usually over before.
const maxPages = 1_000;
const maxWalks = 5;

/**
 * Looks for one item in a list that may change while it is read. Presence counts at once. Absence
 * counts only if one page held everything, or the ids seen match a total that stayed the same, or two
 * walks in a row saw the same ids: an item that moves to an earlier page is passed over otherwise.
 * Never where the vendor tells of more than were seen.
 */
export async function lookFor<Item>(list: PagedList<Item>): Promise<Finding<Item>> {
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
    const page = await list.read(offset);
    if (page === null) return { kind: 'unreadable' };
    const target = page.items.find((item) => list.isTarget(item));
    if (target !== undefined) return { kind: 'found', item: target };
    const known = ids.size;
    for (const item of page.items) ids.add(list.idOf(item));
    totals.add(page.total);
    offset += page.items.length;
    // Without a total a short page is the last one; with one, a vendor may give less than was asked for.
    const isShort = page.total === null ? page.items.length < pageSize : offset >= page.total;
    if (!isShort && ids.size > known) continue;
    const isOnePage = count === 1 && page.items.length < pageSize;
    return { kind: 'ended', ids, total: agreed(totals), isOnePage };
  }
  return { kind: 'unreadable' };
}

function agreed(totals: ReadonlySet<number | null>): number | null {
  const [total = null] = totals;
  return totals.size === 1 ? total : null;
}

function isSame(ids: ReadonlySet<string>, before: ReadonlySet<string> | null): boolean {
  return before !== null && ids.size === before.size && ids.isSubsetOf(before);
}
