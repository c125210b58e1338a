import type { ObjectRef } from '@pothos/core';
import type { GraphQLResolveInfo } from 'graphql';
import type { Context } from '../context.ts';
import { MembershipError, type MembershipVendor, PermissionDeniedError } from '../errors.ts';
import type { Operation } from '../http/operation.ts';
import { builder, type SchemaTypes } from './builder.ts';
import { errorTypes } from './errors.ts';
import { ErrorMember, type ErrorType } from './membership-error.ts';

type ExtendedSchemaTypes = PothosSchemaTypes.ExtendDefaultTypes<SchemaTypes>;

/**
 * What a mutation may answer: its success, or one of its errors.
 *
 * @param mutation the root field's name, from which the union's is made
 */
export function changeResult<T>(
  mutation: string,
  success: ObjectRef<ExtendedSchemaTypes, T>,
  errors: readonly ErrorType[],
) {
  const refs = errors.map(
    (type) => errorTypes.get(type) as ObjectRef<ExtendedSchemaTypes, ErrorMember>,
  );
  return builder.unionType(`${mutation[0]?.toUpperCase()}${mutation.slice(1)}Result`, {
    description: `What ${mutation} may answer.`,
    types: [success, ...refs],
    resolveType: (value) => (value instanceof ErrorMember ? value.error.name : success.name),
  });
}

/** The resolver of a root mutation field: makes its change as a part of the document's progress. */
export function change<Input, Result>(
  vendor: MembershipVendor,
  errors: readonly ErrorType[],
  make: (input: Input, sources: Context['sources'], operation: Operation) => Promise<Result>,
) {
  return async (
    _root: unknown,
    args: { input: Input },
    context: Context,
    info: GraphQLResolveInfo,
  ): Promise<Result | ErrorMember> => {
    try {
      if (context.caller.mutations?.has(info.fieldName) === false) throw notAllowed(vendor, info);
      return await context.progress.run(String(info.path.key), vendor, (operation) =>
        make(args.input, context.sources, operation),
      );
    } catch (error) {
      // Any other is a fault of ours.
      const isDeclared = errors.some((type) => error instanceof type);
      if (isDeclared && error instanceof MembershipError) return new ErrorMember(error);
      throw error;
    }
  };
}

function notAllowed(
  vendor: MembershipVendor,
  { fieldName }: GraphQLResolveInfo,
): PermissionDeniedError {
  return new PermissionDeniedError({
    vendor,
    outcome: 'NOT_APPLIED',
    message: `This gateway does not let its caller call ${fieldName}; the vendor was not called.`,
    requiredPermission: null,
  });
}
