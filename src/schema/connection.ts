import type { Listing } from '../domain/entities.ts';
import type { MembershipVendor } from '../errors.ts';
import { ReadError } from '../read-error.ts';
import { builder } from './builder.ts';

const largestPage = 100;

/** The arguments that pick a part of a list. */
export const pageArgs = builder.args((t) => ({
  first: t.int({ defaultValue: 20, description: 'How many items at most: 1 to 100.' }),
  after: t.string({
    description: 'A cursor of the same list: only the items behind it are given.',
  }),
}));

/** Which part of a list is asked for. */
export interface PageArgs {
  readonly first?: number | null | undefined;
  readonly after?: string | null | undefined;
}

/** One part of a list: an offset, as the vendors take it, and a number of items. */
export interface Part {
  readonly offset: number;
  readonly first: number;
}

/**
 * The part of a list that a field's arguments pick.
 *
 * @param list the list's name, which its cursors bear
 * @throws {ReadError} where an argument is not valid
 */
export function toPart(vendor: MembershipVendor, list: string, { first, after }: PageArgs): Part {
  const count = first ?? 20;
  if (count < 1 || count > largestPage) {
    const message = `Takes a whole number from 1 to ${largestPage}; got ${count}.`;
    throw ReadError.createForArgument(vendor, { path: ['first'], message });
  }
  if (after == null) return { offset: 0, first: count };
  const offset = decodeCursor(list, after);
  if (offset === null) {
    const message = 'Takes a cursor that this list gave; got something else.';
    throw ReadError.createForArgument(vendor, { path: ['after'], message });
  }
  return { offset, first: count };
}

/** A part of a list as a Relay connection. Cursors, and whether there is more, are made only if they are selected. */
export function toConnection<Item>(list: string, listing: Listing<Item> | null) {
  if (listing === null) return null;
  const edges = listing.items.map(
    (node, index) => new Edge(list, node, (listing.places?.[index] ?? listing.offset + index) + 1),
  );
  return {
    edges,
    pageInfo: {
      // Resolvers may give promises, which the plugin's type of a page does not know.
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

/** An item of a connection and the place behind it. */
class Edge<Item> {
  readonly node: Item;
  readonly #list: string;
  readonly #place: number;

  constructor(list: string, node: Item, place: number) {
    this.node = node;
    this.#list = list;
    this.#place = place;
  }

  get cursor(): string {
    return encodeCursor(this.#list, this.#place);
  }
}

function encodeCursor(list: string, offset: number): string {
  return Buffer.from(`${list}:${offset}`).toString('base64url');
}

function decodeCursor(list: string, cursor: string): number | null {
  const text = Buffer.from(cursor, 'base64url').toString();
  const offset = text.slice(text.lastIndexOf(':') + 1);
  const isOffset = /^[1-9][0-9]{0,9}$/.test(offset);
  return isOffset && encodeCursor(list, Number(offset)) === cursor ? Number(offset) : null;
}
