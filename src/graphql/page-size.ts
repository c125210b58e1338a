/** The most items that a page of a list can have. */
export const largestPage = 100;

/** The items of a page without a `first`; also the length that a list without pages counts with before it is read. */
export const defaultPageSize = 20;
