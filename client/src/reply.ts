/** An entry in `errors` (GraphQL specification, section 7.1.2). */
export interface Entry {
  readonly message: string;
  readonly path?: readonly (string | number)[];
  readonly extensions?: Readonly<Record<string, unknown>>;
}

/** The body of a GraphQL response. */
export interface Body {
  /** Undefined if the response has no data, which means that nothing was executed. */
  readonly data: Readonly<Record<string, unknown>> | null | undefined;
  readonly errors: readonly Entry[];
}

/** A GraphQL response. */
export interface Reply extends Body {
  readonly status: number;
  readonly requestId: string | null;
  readonly retryAfterSeconds: number | null;
}

/** Parses the body of a GraphQL response. Returns null for any other body. */
export function parseBody(text: string): Body | null {
  let body: unknown;
  try {
    body = JSON.parse(text);
  } catch {
    return null;
  }
  if (!isObject(body)) return null;
  const { data, errors = [] } = body;
  if (data !== undefined && data !== null && !isObject(data)) return null;
  if (!Array.isArray(errors) || !errors.every(isEntry)) return null;
  return data === undefined && errors.length === 0 ? null : { data, errors };
}

function isEntry(entry: unknown): entry is Entry {
  return isObject(entry) && typeof entry['message'] === 'string';
}

/** Returns whether a value is an object, and not an array. */
export function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Returns a value if it is a string, and otherwise null. */
export function toText(value: unknown): string | null {
  return typeof value === 'string' ? value : null;
}
