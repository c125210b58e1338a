declare const brand: unique symbol;

/** A path parameter that has been percent-encoded; only {@link encodeSegment} makes one. */
export type PathSegment = string & { readonly [brand]: 'PathSegment' };

/** A path made of literals and encoded segments; only {@link path} makes one. */
export type VendorPath = string & { readonly [brand]: 'VendorPath' };

/**
 * Percent-encodes one path parameter (RFC 3986, section 2.1), so that no id can change which
 * resource is addressed.
 *
 * @throws {TypeError} for an empty text, `.` and `..`, which no encoding keeps from being read as path steps
 */
export function encodeSegment(raw: string): PathSegment {
  if (raw === '' || raw === '.' || raw === '..') {
    throw new TypeError(`not a path segment: ${JSON.stringify(raw)}`);
  }
  return encodeURIComponent(raw) as PathSegment;
}

/** A path with a query (RFC 3986, section 3.4), its values encoded. */
export function addQuery(
  base: VendorPath,
  query: Readonly<Record<string, string | number>>,
): VendorPath {
  const pairs = Object.entries(query).map(([name, value]) => [name, String(value)]);
  return `${base}?${new URLSearchParams(pairs)}` as VendorPath;
}

/** Template tag for a vendor's path: literals stay, and parameters must be encoded segments. */
export function path(literals: TemplateStringsArray, ...segments: PathSegment[]): VendorPath {
  let text = literals[0] ?? '';
  for (let index = 0; index < segments.length; index += 1) {
    text += `${segments[index]}${literals[index + 1]}`;
  }
  return text as VendorPath;
}
