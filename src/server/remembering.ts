/** Clients send few values of a header, and strangers as many as they like. */
const mostKnown = 100;

/** Returns a function that remembers its first results: reading a header costs more than looking it up. */
export function memoize<Key, Value>(read: (key: Key) => Value): (key: Key) => Value {
  const known = new Map<Key, Value>();
  return (key) => {
    const before = known.get(key);
    if (before !== undefined) return before;
    const value = read(key);
    if (known.size < mostKnown) known.set(key, value);
    return value;
  };
}
