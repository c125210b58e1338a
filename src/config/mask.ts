/** Returns a value as an error may show it: without a password, a query or a fragment. */
export function maskValue(text: string): string {
  return text.replace(/^.*@/s, '[masked]@').replace(/([?#]).*/s, '$1[masked]');
}

const hostAndPath = String.raw`(:\d{1,5})?(/[\w.~%/-]*)?([?#]\[masked\])?$`;
const withScheme = new RegExp(
  String.raw`^(\[masked\]@|[a-z][a-z\d+.-]*:\/\/(\[masked\]@)?)([a-z\d.-]+|\[[\da-f:.]+\])${hostAndPath}`,
  'i',
);
/** A word without a dot may be a token, and so may one that does not end in a top-level domain. */
const withoutScheme = new RegExp(String.raw`^([a-z\d-]{1,63}\.)+[a-z]{2,24}${hostAndPath}`, 'i');

/** Returns a URL as an error may show it. Any other text may be a credential and is masked as a whole. */
export function maskUrl(text: string): string {
  const masked = maskValue(text);
  return withScheme.test(masked) || withoutScheme.test(masked) ? masked : '[masked]';
}
