/** An answer of the gateway. */
export interface Answer {
  readonly status: number;
  /** Names in lower case. */
  readonly headers: Record<string, string>;
  readonly body: string | Uint8Array | null;
}

/**
 * The headers of a document's answer. A class, since V8 keeps room in what it makes for all that the rules put to
 * it; an object would be moved for every few of them.
 */
export class ResultHeaders {
  [name: string]: string;

  constructor(mediaType: string) {
    this['content-type'] = mediaType;
  }
}

/** What answers of the API are, where they are no result of a document. */
export const jsonType = 'application/json; charset=utf-8';

/** An answer that says no, in the form of GraphQL's errors. */
export function refusal(
  status: number,
  message: string,
  code: string,
  headers: Readonly<Record<string, string>> = {},
): Answer {
  const body = JSON.stringify({ errors: [{ message, extensions: { code } }] });
  return { status, headers: { 'content-type': jsonType, ...headers }, body };
}
