import { type InputIssue, InvalidInputError, type MembershipVendor } from '../../errors.ts';

/** The format of an id. */
export interface IdRule {
  /** What the id has to be, for messages. */
  readonly expects: string;
  /** The format in a few words, for descriptions in the schema. */
  readonly format: string;
  /** Returns the id in its normal form; null if it breaks the rule. */
  normalize(raw: string): string | null;
}

/** Numeric ids. */
export const numericIdRule: IdRule = {
  format: `a whole number from 1 to ${Number.MAX_SAFE_INTEGER}`,
  expects: `a whole number from 1 to ${Number.MAX_SAFE_INTEGER}, in digits, without leading zeros`,
  normalize: (raw) =>
    /^[1-9][0-9]{0,15}$/.test(raw) && Number.isSafeInteger(Number(raw)) ? raw : null,
};

/** Ids whose form the vendor does not document. */
export const opaqueIdRule: IdRule = {
  format: '1 to 128 characters from A-Z, a-z, 0-9 and . _ ~ -',
  expects: '1 to 128 characters of A-Z, a-z, 0-9 and . _ ~ -, but not "." or ".."',
  normalize: (raw) => (/^(?!\.{1,2}$)[A-Za-z0-9._~-]{1,128}$/.test(raw) ? raw : null),
};

/** UUIDs (RFC 9562), normalized to lower case. */
export const uuidRule: IdRule = {
  format: 'a UUID',
  expects: 'a UUID, such as "0b5c7a52-6f1e-4c39-9a57-5d2f4e8b1c30"',
  normalize: (raw) =>
    /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i.test(raw)
      ? raw.toLowerCase()
      : null,
};

/** A text to search a vendor's list for. */
export const searchTextRule: IdRule = {
  format: '1 to 255 characters',
  expects: '1 to 255 characters',
  normalize: (raw) => (raw.length >= 1 && raw.length <= 255 ? raw : null),
};

/**
 * Checks a field's ids and returns them in their normal form.
 *
 * @param base the path of the ids, starting at the field's arguments
 * @throws {InvalidInputError} with one issue for each id that breaks its rule
 */
export function checkIds<Ids extends { readonly [Name in keyof Ids]: string }>(
  vendor: { readonly id: MembershipVendor; readonly title: string },
  input: Ids,
  rules: { readonly [Name in keyof Ids]: IdRule },
  base: readonly string[] = ['input'],
): Ids {
  const issues: InputIssue[] = [];
  const ids = {} as Record<keyof Ids, string>;
  for (const name of Object.keys(rules) as (keyof Ids & string)[]) {
    const id = rules[name].normalize(input[name]);
    if (id === null)
      issues.push({ path: [...base, name], message: describeBroken(rules[name], input[name]) });
    else ids[name] = id;
  }
  if (issues.length > 0) {
    throw new InvalidInputError({
      vendor: vendor.id,
      outcome: 'NOT_APPLIED',
      message: `${vendor.title} was not called: an argument is invalid. Correct it as described in issues.`,
      issues,
    });
  }
  return ids as Ids;
}

// The value itself is not repeated: people paste credentials into the wrong field.
function describeBroken({ expects }: IdRule, raw: string): string {
  const received = raw === '' ? 'an empty string' : `${raw.length} characters in another format`;
  return `Expected ${expects}; received ${received}.`;
}
