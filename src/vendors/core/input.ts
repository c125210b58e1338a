import { type InputIssue, InvalidInputError, type MembershipVendor } from '../../errors.ts';

/** What an id must look like: gives the id in its normal form, or null where the rule is broken. */
export interface IdRule {
  readonly takes: string;
  normalize(raw: string): string | null;
}

/** Wethod's and Kaiten's numeric ids. */
export const numericIdRule: IdRule = {
  takes: `a whole number from 1 to ${Number.MAX_SAFE_INTEGER}, in digits, without leading zeros`,
  normalize: (raw) =>
    /^[1-9][0-9]{0,15}$/.test(raw) && Number.isSafeInteger(Number(raw)) ? raw : null,
};

/** Kaiten's group uids and Rocket.Chat's room ids. */
export const opaqueIdRule: IdRule = {
  takes: '1 to 128 characters of A-Z, a-z, 0-9 and . _ ~ -, but not "." or ".."',
  normalize: (raw) => (/^(?!\.{1,2}$)[A-Za-z0-9._~-]{1,128}$/.test(raw) ? raw : null),
};

/** Aerospike's UUIDs (RFC 9562), in lower case from here on. */
export const uuidRule: IdRule = {
  takes: 'a UUID, such as "0b5c7a52-6f1e-4c39-9a57-5d2f4e8b1c30"',
  normalize: (raw) =>
    /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i.test(raw)
      ? raw.toLowerCase()
      : null,
};

/** What is looked for in a vendor's list. */
export const searchTextRule: IdRule = {
  takes: '1 to 255 characters',
  normalize: (raw) => (raw.length >= 1 && raw.length <= 255 ? raw : null),
};

/**
 * Checks a field's ids and gives them in their normal form.
 *
 * @param base where the ids stand, from the field's arguments on
 * @throws {InvalidInputError} with one issue for each id that breaks its rule, all at once
 */
export function checkIds<Name extends string>(
  vendor: { readonly id: MembershipVendor; readonly title: string },
  input: Readonly<Record<Name, string>>,
  rules: Readonly<Record<Name, IdRule>>,
  base: readonly string[] = ['input'],
): Record<Name, string> {
  const names = Object.keys(rules) as Name[];
  const issues: InputIssue[] = [];
  const ids = {} as Record<Name, string>;
  for (const name of names) {
    const id = rules[name].normalize(input[name]);
    if (id === null)
      issues.push({ path: [...base, name], message: broken(rules[name], input[name]) });
    else ids[name] = id;
  }
  if (issues.length > 0) {
    throw new InvalidInputError({
      vendor: vendor.id,
      outcome: 'NOT_APPLIED',
      message: `${vendor.title} was not called: an argument is not valid; see issues.`,
      issues,
    });
  }
  return ids;
}

// The value itself is not repeated: people paste credentials into the wrong field.
function broken(rule: IdRule, raw: string): string {
  const got = raw === '' ? 'an empty text' : `${raw.length} characters that are not one`;
  return `Takes ${rule.takes}; got ${got}.`;
}
