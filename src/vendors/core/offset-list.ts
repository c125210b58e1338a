import type { MembershipVendor } from '../../errors.ts';
import { addQuery, type VendorPath } from '../../upstream/path.ts';
import type { BoundedList, Page } from './pagination.ts';
import type { Reading, ReadOptions, VendorReader } from './reader.ts';

/** A vendor's list that is paged by `limit` and `offset`, and reports no total. */
export interface OffsetList<V extends MembershipVendor, Item> {
  readonly path: VendorPath;
  readonly query?: Readonly<Record<string, string>>;
  readonly options?: ReadOptions<V>;
  /** Whether the list belongs to an object that may not exist. */
  readonly isOptional?: boolean;
  /** Decodes a page. @throws {ReadError} if it is not what the vendor documents */
  decode(reading: Reading<V>): readonly Item[];
  getId(item: Item): string;
}

/** Returns a list whose pages are read by `limit` and `offset`. A missing one is an error, unless it is optional. */
export function createOffsetList<V extends MembershipVendor, Item>(
  reader: VendorReader<V>,
  { path, query, options, isOptional = false, decode, getId }: OffsetList<V, Item>,
): BoundedList<Item> {
  const readPage = async (offset: number, limit: number): Promise<Page<Item> | null> => {
    const page = addQuery(path, { limit, offset, ...query });
    const reading = await (isOptional
      ? reader.get(page, options)
      : reader.getExisting(page, options));
    return reading === null ? null : { items: decode(reading), total: null };
  };
  return { readPage, getId, createTooLongError: reader.createTooLongError };
}
