/** An entry in `errors` (GraphQL specification, section 7.1.2). */
export interface Entry {
  readonly message: string;
  readonly path?: readonly (string | number)[];
  readonly extensions?: Readonly<Record<string, unknown>>;
}

/** A body in the form of GraphQL. */
export interface Body {
  /** Null where the answer says so, undefined where it has none: then nothing was executed. */
  readonly data: Readonly<Record<string, unknown>> | null | undefined;
  readonly errors: readonly Entry[];
}

/** An answer in the form of GraphQL. */
export interface Reply extends Body {
  readonly status: number;
  readonly requestId: string | null;
  readonly retryAfterSeconds: number | null;
}

/** Reads a body in the form of GraphQL; null for any other. */
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

/** Whether a value is an object with names. */
export function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** A value if it is a text. */
export function toText(value: unknown): string | null {
  return typeof value === 'string' ? value : null;
}
