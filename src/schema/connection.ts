import type { Listing } from '../domain/entities.ts';
import type { MembershipVendor } from '../errors.ts';
import { defaultPageSize, largestPage } from '../graphql/page-size.ts';
import { ReadError } from '../read-error.ts';
import { builder } from './builder.ts';

/** The arguments of a field that returns a page of a list. */
export const pageArgs = builder.args((t) => ({
  first: t.int({
    defaultValue: defaultPageSize,
    description: `The number of items to return, from 1 to ${largestPage}.`,
  }),
  after: t.string({
    description: 'A cursor of the same list. Only the items after it are returned.',
  }),
}));

/** The values of {@link pageArgs}. */
export interface PageArgs {
  readonly first?: number | null | undefined;
  readonly after?: string | null | undefined;
}

/** A page of a list by its offset, as the vendors read it. */
export interface PageRequest {
  /** The number of items before the page. */
  readonly offset: number;
  /** The most items of the page. */
  readonly first: number;
}

/**
 * Parses the arguments of a field that returns a page.
 *
 * @param list the list's name, which its cursors contain
 * @throws {ReadError} if an argument is not valid
 */
export function parsePageArgs(
  vendor: MembershipVendor,
  list: string,
  { first, after }: PageArgs,
): PageRequest {
  const count = first ?? defaultPageSize;
  if (count < 1 || count > largestPage) {
    const message = `Expected a whole number from 1 to ${largestPage} but received ${count}.`;
    throw ReadError.createForArgument(vendor, { path: ['first'], message });
  }
  if (after == null) return { offset: 0, first: count };
  const offset = decodeCursor(list, after);
  if (offset === null) {
    const message = 'Expected a cursor of this list but received something else.';
    throw ReadError.createForArgument(vendor, { path: ['after'], message });
  }
  return { offset, first: count };
}

/**
 * Converts a page of a list to a Relay connection; null stays null. Its cursors and `hasNextPage` are made when they are
 * selected.
 */
export function toConnection<Item>(list: string, listing: Listing<Item> | null) {
  if (listing === null) return null;
  const edges = listing.items.map(
    (node, index) => new Edge(list, node, (listing.places?.[index] ?? listing.offset + index) + 1),
  );
  return {
    edges,
    pageInfo: {
      // Resolvers may return promises, which the plugin's type of a page does not cover.
      get hasNextPage(): boolean {
        return listing.hasMore() as unknown as boolean;
      },
      hasPreviousPage: listing.offset > 0,
      get startCursor(): string | null {
        return edges[0]?.cursor ?? null;
      },
      get endCursor(): string | null {
        return edges.at(-1)?.cursor ?? null;
      },
    },
  };
}

/** An item of a connection with its cursor. */
class Edge<Item> {
  readonly node: Item;
  readonly #list: string;
  /** The number of items of the list up to this one. */
  readonly #end: number;

  constructor(list: string, node: Item, end: number) {
    this.node = node;
    this.#list = list;
    this.#end = end;
  }

  get cursor(): string {
    return encodeCursor(this.#list, this.#end);
  }
}

function encodeCursor(list: string, offset: number): string {
  return Buffer.from(`${list}:${offset}`).toString('base64url');
}

/** Returns the offset in a cursor; null if the list never had this cursor. */
function decodeCursor(list: string, cursor: string): number | null {
  const text = Buffer.from(cursor, 'base64url').toString();
  const offset = text.slice(text.lastIndexOf(':') + 1);
  const isOffset = /^[1-9][0-9]{0,9}$/.test(offset);
  return isOffset && encodeCursor(list, Number(offset)) === cursor ? Number(offset) : null;
}
