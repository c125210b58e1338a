/** A moment in UTC, as `Date.toISOString` writes it. */
export type Moment = string;

/** An entity of a tenant: two tenants of one vendor may use the same ids. */
export interface Tenanted {
  readonly tenant: string;
}

/** A part of a list, starting at an offset. */
export interface Listing<Item> {
  readonly items: readonly Item[];
  /** The place of the first item in the whole list, starting at 0. */
  readonly offset: number;
  /** The place of each item in the whole list, if some of the list are left out. */
  readonly places?: readonly number[];
  /** Returns whether items follow, which may take a call. */
  hasMore(): Promise<boolean>;
}
