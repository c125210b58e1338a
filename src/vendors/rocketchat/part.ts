import type { Listing } from '../../domain/entities.ts';
import { type PagedRead, readPage } from '../core/listing.ts';

/**
 * Returns one part of a list without the items that do not belong in it. Rocket.Chat counts these in its offsets and
 * totals, so the others keep their places, and a part that would be empty is read on from.
 *
 * @param first how many items at most, 1 to 100
 * @returns null where the list itself is not there
 */
export async function readPart<Item>(
  list: PagedRead<Item>,
  offset: number,
  first: number,
  belongs: (item: Item) => boolean | Promise<boolean>,
): Promise<Listing<Item> | null> {
  for (let start = offset; ; ) {
    const listing = await readPage(list, start, first);
    if (listing === null) return null;
    const all = listing.items;
    const placeOf = (index: number) => listing.places?.[index] ?? start + index;
    const isIn = await Promise.all(all.map(belongs));
    if (start === offset && !isIn.includes(false)) return listing;
    const items = all.filter((_item, index) => isIn[index]);
    const isEnd = all.length === 0 || items.length > 0 || !(await listing.hasMore());
    if (isEnd) {
      const places = all.flatMap((_item, index) => (isIn[index] ? [placeOf(index)] : []));
      return { ...listing, offset, items, places };
    }
    start = placeOf(all.length - 1) + 1;
  }
}
