import type { ObjectRef } from '@pothos/core';
import type { Confirmed } from '../domain/change-results.ts';
import type { VendorChange, VendorId } from '../vendors/index.ts';
import { builder, type ExtendedSchemaTypes } from './builder.ts';
import { ChangeResult, ChangeSuccess } from './change.ts';
import { createChangeResolver, getSuccessName, toPascalCase } from './change-field.ts';
import { declareCost } from './cost.ts';
import { describeRootField } from './description.ts';
import { commonErrors, errorTypes } from './errors.ts';
import { ErrorMember, type ErrorType } from './membership-error.ts';

const idempotencyKey =
  'A key of 1 to 255 visible ASCII characters, new for each change, such as a UUID. While the gateway keeps the key (24 hours by default), the same mutation with the same key is made once: an earlier success is returned with `isReplay: true`, and a change whose outcome is unknown is checked first.';

/** The parts of a root mutation field that do not follow from its change's declaration. */
export interface ChangeFieldParts<Input, Value> {
  /** What the mutation does, in one or more sentences. */
  readonly purpose: string;
  /** The errors beyond the common ones. */
  readonly errors?: readonly ErrorType[];
  /** The text of the argument `input`. */
  readonly input: string;
  /** The id in each field of the input, without its format. */
  readonly ids: { readonly [Field in keyof Input]: string };
  /** The state after the change, as the second half of a sentence. */
  readonly state: string;
  /** The fields of the success, besides those of all successes. */
  readonly fields: SuccessFields<Confirmed & Value>;
}

type SuccessFields<Success> = NonNullable<
  PothosSchemaTypes.ObjectTypeOptions<ExtendedSchemaTypes, Success>['fields']
>;

/**
 * Defines a root mutation field with its input, its success and its union. The names, the cost, the call, the permission,
 * the credentials and the formats of the ids follow from the declaration of the change.
 */
export function defineChange<
  Input extends { readonly [Field in keyof Input]: string },
  Value extends object,
>(change: VendorChange<VendorId, Input, Value>, parts: ChangeFieldParts<Input, Value>): void {
  const { name, maxCalls, method } = change;
  const errors = [...commonErrors, ...(parts.errors ?? [])];
  const once = method === 'POST' ? ' The gateway never sends this POST twice.' : '';
  builder.mutationField(name, (t) =>
    t.field({
      ...declareCost(maxCalls),
      type: defineResult(name, defineSuccess(name, parts), errors),
      nullable: true,
      description: describeRootField(parts.purpose + once, {
        vendor: change.key,
        call: change.endpoint,
        permission: describePermission(change),
      }),
      args: {
        input: t.arg({
          type: defineInput(change, parts.ids),
          required: true,
          description: parts.input,
        }),
      },
      // Pothos cannot resolve the type of generic arguments.
      resolve: createChangeResolver(change, errors) as never,
    }),
  );
}

function describePermission({
  permission,
  permissionInWords,
}: Pick<VendorChange<never, never, never>, 'permission' | 'permissionInWords'>): string {
  return permissionInWords ?? (permission === null ? 'none' : `\`${permission}\``);
}

function defineInput<Input extends { readonly [Field in keyof Input]: string }>(
  { name, input: rules }: VendorChange<VendorId, Input, object>,
  ids: ChangeFieldParts<Input, never>['ids'],
) {
  const fields = Object.keys(rules) as (keyof Input & string)[];
  return builder.inputRef<Input>(`${toPascalCase(name)}Input`).implement({
    description: `Input for \`${name}\`.`,
    fields: (t) =>
      ({
        ...Object.fromEntries(
          fields.map((field) => [
            field,
            t.id({ required: true, description: `${ids[field]}: ${rules[field].format}.` }),
          ]),
        ),
        idempotencyKey: t.string({ description: idempotencyKey }),
      }) as never,
  });
}

function defineSuccess<Input, Value>(
  mutation: string,
  { state, fields }: ChangeFieldParts<Input, Value>,
): ObjectRef<ExtendedSchemaTypes, Confirmed & Value> {
  return builder.objectRef<Confirmed & Value>(getSuccessName(mutation)).implement({
    description: `The success of \`${mutation}\`: ${state}.`,
    interfaces: [ChangeSuccess, ChangeResult] as never,
    fields,
  });
}

/** Defines the union that a mutation returns: its success or one of its errors. */
function defineResult<T>(
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
