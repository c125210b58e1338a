/** A database that cannot be reached or written at the moment: it is unknown whether the last statement took effect. */
export class DatabaseUnavailableError extends Error {
  override readonly name = 'DatabaseUnavailableError';
}

/** The file of the embedded database is open in another process. */
export class DatabaseHeldError extends Error {
  override readonly name = 'DatabaseHeldError';
}
