import type { GraphQLResolveInfo } from 'graphql';
import type { TrackedChange } from '../changes/change-tracker.ts';
import type { Context } from '../context.ts';
import type { Confirmed } from '../domain/change-results.ts';
import {
  type ChangeOutcome,
  MembershipError,
  type MembershipVendor,
  PermissionDeniedError,
} from '../errors.ts';
import type { VendorChange } from '../vendors/index.ts';
import { ErrorMember, type ErrorType } from './membership-error.ts';

/**
 * Creates the resolver of a root mutation field, which makes its change and reports its progress.
 *
 * @param change the change that it makes
 * @param errors the errors that the field declares; any other is a fault of the gateway
 */
export function createChangeResolver<
  Input extends { readonly [Field in keyof Input]: string },
  Value extends object,
>(change: VendorChange<MembershipVendor, Input, Value>, errors: readonly ErrorType[]) {
  const { vendor } = change;
  return async (
    _root: unknown,
    args: { input: Input & { readonly idempotencyKey?: string | null | undefined } },
    { incoming: { caller }, tracker, vendors }: Context,
    info: GraphQLResolveInfo,
  ): Promise<(Confirmed & Value) | ErrorMember> => {
    const { input } = args;
    const idempotencyKey = input.idempotencyKey ?? null;
    const { fieldName: field } = info;
    const key = String(info.path.key);
    const startedAt = performance.now();
    const end = (result: string, outcome: ChangeOutcome) =>
      tracker.noteResult({
        key,
        field,
        result,
        outcome,
        durationMs: performance.now() - startedAt,
      });
    let begun: TrackedChange | null = null;
    let result: Confirmed & Value;
    try {
      if (caller.mutations?.has(field) === false) throw createDeniedError(vendor, field);
      begun = tracker.beginChange(key, vendor);
      result = await vendors.change(change, input, begun.budget, idempotencyKey);
    } catch (error) {
      const known = error instanceof MembershipError ? error : null;
      begun?.end(known === null ? null : known.outcome);
      if (known !== null && errors.some((type) => known instanceof type)) {
        end(known.name, known.outcome);
        return new ErrorMember(known);
      }
      end('INTERNAL', tracker.getOutcome(key) ?? 'NOT_APPLIED');
      throw error;
    }
    begun.end('APPLIED');
    end(getSuccessName(field), 'APPLIED');
    return result;
  };
}

/** Returns a mutation's name as the names of its types begin. */
export function toPascalCase(name: string): string {
  return `${name[0]?.toUpperCase()}${name.slice(1)}`;
}

const successNames = new Map<string, string>();

/** Returns the name of the type of a mutation's success. */
export function getSuccessName(mutation: string): string {
  let name = successNames.get(mutation);
  if (name === undefined) {
    name = `${toPascalCase(mutation)}Success`;
    successNames.set(mutation, name);
  }
  return name;
}

/** Creates the error for a mutation that is not among those of the caller's service key. */
function createDeniedError(vendor: MembershipVendor, field: string): PermissionDeniedError {
  return new PermissionDeniedError({
    vendor,
    outcome: 'NOT_APPLIED',
    message: `This gateway does not allow its caller to use ${field}; the vendor was not called. Ask the operator of the gateway to allow it.`,
    requiredPermission: null,
  });
}
