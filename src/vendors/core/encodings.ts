/**
 * Returns the characters that a secret has in base64 and base64url (RFC 4648, sections 4 and 5) whatever is encoded
 * before and behind it: one for each of the three places where a byte may begin in a group of four characters.
 */
export function listBase64Cores(secret: string): readonly string[] {
  const urlSafe = [0, 1, 2].map((before) => {
    const encoded = Buffer.from(' '.repeat(before) + secret).toString('base64url');
    const bits = 8 * (before + secret.length);
    return encoded.slice(Math.ceil((8 * before) / 6), Math.floor(bits / 6));
  });
  const plain = urlSafe.map((core) => core.replaceAll('-', '+').replaceAll('_', '/'));
  return [...new Set([...urlSafe, ...plain])];
}

const escapes =
  /%([0-9a-f]{2})|\\u([0-9a-f]{4})|\\x([0-9a-f]{2})|\\(.)|&#x([0-9a-f]{1,6});|&#([0-9]{1,7});|&(amp|lt|gt|quot|apos);/gi;
const mayHide = /[%\\&]|[^\x20-\x7e]/;
const invisible = /[^\x20-\x7e]/g;
const entities: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
};

/** Texts are escaped twice where one form is put into another, and hardly more often. */
const maxRounds = 3;

/**
 * Returns what may be hidden in a text: it without characters that no credential has, and with the escapes undone of
 * URLs, of JSON and JavaScript, and of HTML, up to three times.
 */
export function* decodeHiddenText(text: string): Generator<string> {
  if (!mayHide.test(text)) return;
  let rest = text.replaceAll(invisible, '');
  if (rest !== text) yield rest;
  for (let round = 0; round < maxRounds; round += 1) {
    const plain = rest.replaceAll(escapes, unescapeMatch).replaceAll(invisible, '');
    if (plain === rest) return;
    rest = plain;
    yield rest;
  }
}

function unescapeMatch(_match: string, ...groups: readonly (string | undefined)[]): string {
  const [percent, unicode, byte, backslashed, hex, decimal, entity] = groups;
  const digits = percent ?? unicode ?? byte ?? hex;
  if (digits !== undefined) return toCharacter(Number.parseInt(digits, 16));
  if (decimal !== undefined) return toCharacter(Number(decimal));
  return backslashed ?? entities[entity?.toLowerCase() ?? ''] ?? '';
}

function toCharacter(code: number): string {
  return code <= 0x7e ? String.fromCharCode(code) : '';
}
