import type { ObjectRef } from '@pothos/core';
import type { GraphQLResolveInfo } from 'graphql';
import type { TrackedChange } from '../changes/change-tracker.ts';
import type { TimeBudget } from '../changes/time-budget.ts';
import type { Context } from '../context.ts';
import {
  type ChangeOutcome,
  MembershipError,
  type MembershipVendor,
  PermissionDeniedError,
} from '../errors.ts';
import { builder, type ExtendedSchemaTypes } from './builder.ts';
import { errorTypes } from './errors.ts';
import { ErrorMember, type ErrorType } from './membership-error.ts';

/**
 * Defines the union that a mutation returns: its success or one of its errors.
 *
 * @param mutation the root field's name, which the union is named after
 */
export function defineChangeResult<T>(
  mutation: string,
  success: ObjectRef<ExtendedSchemaTypes, T>,
  errors: readonly ErrorType[],
) {
  const refs = errors.map(
    (type) => errorTypes.get(type) as ObjectRef<ExtendedSchemaTypes, ErrorMember>,
  );
  return builder.unionType(`${toPascalCase(mutation)}Result`, {
    description: `The result of \`${mutation}\`: its success or one of its errors.`,
    types: [success, ...refs],
    resolveType: (value) => (value instanceof ErrorMember ? value.error.name : success.name),
  });
}

/**
 * Creates the resolver of a root mutation field, which makes its change and reports its progress.
 *
 * @param errors the errors that the field declares; any other is a fault of the gateway
 * @param make makes the change within a time budget
 */
export function createChangeResolver<Input, Result>(
  vendor: MembershipVendor,
  errors: readonly ErrorType[],
  make: (input: Input, sources: Context['sources'], budget: TimeBudget) => Promise<Result>,
) {
  return async (
    _root: unknown,
    args: { input: Input },
    { caller, progress, sources }: Context,
    info: GraphQLResolveInfo,
  ): Promise<Result | ErrorMember> => {
    const { fieldName: field } = info;
    const key = String(info.path.key);
    const startedAt = performance.now();
    const end = (result: string, outcome: ChangeOutcome) =>
      progress.ended({ key, field, result, outcome, durationMs: performance.now() - startedAt });
    let begun: TrackedChange | null = null;
    let result: Result;
    try {
      if (caller.mutations?.has(field) === false) throw createDeniedError(vendor, field);
      begun = progress.beginChange(key, vendor);
      result = await make(args.input, sources, begun.operation);
    } catch (error) {
      const known = error instanceof MembershipError ? error : null;
      begun?.end(known === null ? null : known.outcome);
      if (known !== null && errors.some((type) => known instanceof type)) {
        end(known.name, known.outcome);
        return new ErrorMember(known);
      }
      end('INTERNAL', progress.outcomeOf(key) ?? 'NOT_APPLIED');
      throw error;
    }
    begun.end('APPLIED');
    end(getSuccessName(field), 'APPLIED');
    return result;
  };
}

function toPascalCase(name: string): string {
  return `${name[0]?.toUpperCase()}${name.slice(1)}`;
}

const successNames = new Map<string, string>();

/** Returns the name of the type of a mutation's success. */
function getSuccessName(mutation: string): string {
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
