declare const brand: unique symbol;

/** A percent-encoded path parameter; only {@link encodeSegment} returns one. */
export type PathSegment = string & { readonly [brand]: 'PathSegment' };

/** A path of literals and encoded segments; only {@link path} and {@link compilePath} return one. */
export type VendorPath = string & { readonly [brand]: 'VendorPath' };

/**
 * Percent-encodes one path parameter (RFC 3986, section 2.1), so that no id can change which resource is addressed.
 *
 * @throws {TypeError} for an empty string, `.` and `..`, which servers read as path steps in any encoding
 */
export function encodeSegment(raw: string): PathSegment {
  if (raw === '' || raw === '.' || raw === '..') {
    throw new TypeError(`expected a path segment, received ${JSON.stringify(raw)}`);
  }
  return encodeURIComponent(raw) as PathSegment;
}

/** Returns a path with a query (RFC 3986, section 3.4), its values encoded. */
export function addQuery(
  base: VendorPath,
  query: Readonly<Record<string, string | number>>,
): VendorPath {
  const pairs = Object.entries(query).map(([name, value]) => [name, String(value)]);
  return `${base}?${new URLSearchParams(pairs)}` as VendorPath;
}

/** Tags the template of a vendor's path: literals are kept, and parameters must be encoded segments. */
export function path(literals: TemplateStringsArray, ...segments: PathSegment[]): VendorPath {
  let text = literals[0] ?? '';
  for (let index = 0; index < segments.length; index += 1) {
    text += `${segments[index]}${literals[index + 1]}`;
  }
  return text as VendorPath;
}

/**
 * Compiles a path template such as `/groups/{group_uid}`. The returned function fills it: each parameter takes the value
 * of the same name in camel case, percent-encoded.
 *
 * @param names the values that there will be
 * @throws {TypeError} if a parameter is not one of them
 */
export function compilePath<Values extends { readonly [Name in keyof Values]: string }>(
  template: string,
  names: readonly string[],
): (values: Values) => VendorPath {
  const [start = '', ...rest] = template.split('{');
  const parts = rest.map((part) => {
    const [parameter = '', literal = ''] = part.split('}');
    const name = parameter.replaceAll(/_([a-z])/g, (_, letter: string) => letter.toUpperCase());
    if (!names.includes(name))
      throw new TypeError(`${template}: there is no value for ${parameter}`);
    return { name: name as keyof Values, literal };
  });
  return (values) => {
    let text = start;
    for (const { name, literal } of parts) text += encodeSegment(values[name]) + literal;
    return text as VendorPath;
  };
}
