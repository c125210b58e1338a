import type { ObjectRef } from '@pothos/core';
import type { GraphQLResolveInfo } from 'graphql';
import type { Context } from '../context.ts';
import {
  type ChangeOutcome,
  MembershipError,
  type MembershipVendor,
  PermissionDeniedError,
} from '../errors.ts';
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
  return builder.unionType(`${pascalCase(mutation)}Result`, {
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
  return (
    _root: unknown,
    args: { input: Input },
    context: Context,
    info: GraphQLResolveInfo,
  ): Promise<Result | ErrorMember> => {
    const key = String(info.path.key);
    const startedAt = performance.now();
    const end = (result: string, outcome: ChangeOutcome) => {
      const durationMs = performance.now() - startedAt;
      context.progress.ended({ key, field: info.fieldName, result, outcome, durationMs });
    };
    const made = (result: Result) => {
      end(successOf(info.fieldName), 'APPLIED');
      return result;
    };
    const failed = (error: unknown) => {
      // Any other is a fault of ours.
      const isDeclared = errors.some((type) => error instanceof type);
      if (isDeclared && error instanceof MembershipError) {
        end(error.name, error.outcome);
        return new ErrorMember(error);
      }
      end('INTERNAL', context.progress.outcomeOf(key) ?? 'NOT_APPLIED');
      throw error;
    };
    const isAllowed = context.caller.mutations?.has(info.fieldName) !== false;
    const change = isAllowed
      ? context.progress.run(key, vendor, (one) => make(args.input, context.sources, one))
      : Promise.reject(notAllowed(vendor, info));
    return change.then(made, failed);
  };
}

function pascalCase(name: string): string {
  return `${name[0]?.toUpperCase()}${name.slice(1)}`;
}

const successes = new Map<string, string>();

/** The name of the type of a mutation's success. */
function successOf(mutation: string): string {
  let name = successes.get(mutation);
  if (name === undefined) {
    name = `${pascalCase(mutation)}Success`;
    successes.set(mutation, name);
  }
  return name;
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
