import type { builder } from './builder.ts';

/** Builds the fields of an input. */
type InputFields = Parameters<Parameters<(typeof builder)['inputType']>[1]['fields']>[0];

/** Defines the key of a mutation's input under which it may be sent again. */
export function defineIdempotencyKey(t: InputFields) {
  return t.string({
    description:
      'A key of 1 to 255 visible ASCII characters, new for each change, such as a UUID. The same mutation with the same key is made once, however often it is sent: an earlier success is returned with `isReplay: true`, and a change whose outcome is unknown is checked, and never made twice.',
  });
}
