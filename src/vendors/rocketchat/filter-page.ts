import type { Listing } from '../../domain/entities.ts';
import { readListPart } from '../core/list-part.ts';
import type { BoundedList } from '../core/pagination.ts';

/**
 * Reads one part of a list without the items that do not belong in it. Rocket.Chat counts these in its offsets and totals,
 * so the others keep their places. If a part would be empty, the next one is read.
 *
 * @param first the most items, 1 to 100
 * @returns null if the list does not exist
 */
export async function readFilteredPage<Item>(
  list: BoundedList<Item>,
  offset: number,
  first: number,
  belongs: (item: Item) => boolean | Promise<boolean>,
): Promise<Listing<Item> | null> {
  for (let start = offset; ; ) {
    const listing = await readListPart(list, start, first);
    if (listing === null) return null;
    const all = listing.items;
    const getPlace = (index: number) => listing.places?.[index] ?? start + index;
    const isKept = await Promise.all(all.map(belongs));
    if (start === offset && !isKept.includes(false)) return listing;
    const items = all.filter((_item, index) => isKept[index]);
    const isEnd = all.length === 0 || items.length > 0 || !(await listing.hasMore());
    if (isEnd) {
      const places = all.flatMap((_item, index) => (isKept[index] ? [getPlace(index)] : []));
      return { ...listing, offset, items, places };
    }
    start = getPlace(all.length - 1) + 1;
  }
}
