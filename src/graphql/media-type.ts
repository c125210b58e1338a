const offered = ['application/graphql-response+json', 'application/json'];

const known = new Map<string, string | null>();
const mostKnown = 100;

/**
 * The content type of a result for what a client accepts, null where that is neither of GraphQL's two
 * (GraphQL over HTTP, "Media types"). As Yoga does: the first that fits, without weights.
 */
export function mediaTypeFor(accept: string | null): string | null {
  const key = accept ?? '*/*';
  const before = known.get(key);
  if (before !== undefined) return before;
  const type = choose(key);
  if (known.size < mostKnown) known.set(key, type);
  return type;
}

function choose(accept: string): string | null {
  const asked = accept
    .replaceAll(/\s/g, '')
    .toLowerCase()
    .split(',')
    .map((one) => one.split(';'))
    .filter(([, ...params]) => {
      const charset = params.find((param) => param.includes('charset='));
      return charset === undefined || charset === 'charset=utf-8';
    })
    .map(([type = '']) => type);
  for (const type of asked) {
    // Of two that fit equally, the older one, which every client can read.
    const fitting = offered.findLast((one) => fits(one, type));
    if (fitting !== undefined) return `${fitting}; charset=utf-8`;
  }
  return null;
}

function fits(type: string, asked: string): boolean {
  const [pre, suffix] = asked.split('/');
  const [ownPre, ownSuffix] = type.split('/');
  return (pre === '*' || pre === ownPre) && (suffix === '*' || suffix === ownSuffix);
}
