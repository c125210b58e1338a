/** The most results that are remembered. Clients send few values of a header, but may make up any number. */
const maxKnown = 100;

/**
 * Returns a function that remembers its first results. Parsing `Accept` and `Content-Type` for each request is 1.08 of a
 * change's CPU (optimisations.md, media types).
 */
export function memoize<Key, Value>(compute: (key: Key) => Value): (key: Key) => Value {
  const known = new Map<Key, Value>();
  return (key) => {
    const before = known.get(key);
    if (before !== undefined) return before;
    const value = compute(key);
    if (known.size < maxKnown) known.set(key, value);
    return value;
  };
}
