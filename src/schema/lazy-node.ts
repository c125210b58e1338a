import type { GraphQLResolveInfo } from 'graphql';
import type { Context } from '../context.ts';
import type { Reads } from '../vendors/index.ts';
import { includedCost } from './cost.ts';
import { getReads } from './reads.ts';
import { getOnlySelected, getSelectedArguments, isPresent } from './selection.ts';

/** An entity that may be known without its details. */
interface LazyEntity<Details> {
  readonly details?: Details | null;
}

type DetailsOf<Entity extends LazyEntity<object>> = NonNullable<Entity['details']>;

/** The calls by which a node is read. */
export interface LazyNodeOptions<Entity, Details> {
  /** Reads the details; null if the entity does not exist. */
  readonly readDetails: (reads: Reads, entity: Entity) => Promise<Details | null>;
  /** The fields that are known without a call. */
  readonly known: readonly string[];
  /** The lists of the node, by their fields' names: each read returns null if the entity does not exist. */
  readonly lists: Readonly<
    Record<
      string,
      (reads: Reads, entity: Entity, args: Readonly<Record<string, unknown>>) => Promise<unknown>
    >
  >;
}

/** A node that is read no further than it is selected: its details and its lists are separate calls. */
export class LazyNode<
  Entity extends LazyEntity<Details>,
  Details extends object = DetailsOf<Entity & LazyEntity<object>>,
> {
  readonly #options: LazyNodeOptions<Entity, Details>;

  constructor(options: LazyNodeOptions<Entity, Details>) {
    this.#options = options;
  }

  /** Returns the options of a nullable field that shows one of the details. */
  exposeDetail<Name extends keyof Details>(name: Name, description: string) {
    return {
      ...includedCost,
      nullable: true,
      description,
      resolve: (entity: Entity, _args: object, context: Context, info: GraphQLResolveInfo) =>
        this.readDetail(entity, name, context, info),
    } as const;
  }

  /** Returns one of the details, read unless the entity has them. */
  async readDetail<Name extends keyof Details>(
    entity: Entity,
    name: Name,
    context: Context,
    info: GraphQLResolveInfo,
  ): Promise<Details[Name] | null> {
    const details =
      entity.details ?? (await this.#options.readDetails(getReads(context, info), entity));
    return details === null ? null : details[name];
  }

  /**
   * Returns the entity, with its details unless only its lists are selected; null if it does not exist.
   *
   * @param entity the entity without its details
   */
  async find(entity: Entity, context: Context, info: GraphQLResolveInfo): Promise<Entity | null> {
    const { known, lists } = this.#options;
    const selected = getOnlySelected(info, Object.keys(lists), known);
    const list = Object.entries(lists).find(([name]) => selected.includes(name));
    if (list === undefined) return this.load(entity, context, info);
    const [name, readList] = list;
    const args = getSelectedArguments(info, name);
    const read = readList(getReads(context, info), entity, args);
    return (await isPresent(read)) ? entity : null;
  }

  /**
   * Returns the entity with its details; null if it does not exist.
   *
   * @param entity the entity without its details
   */
  async load(entity: Entity, context: Context, info: GraphQLResolveInfo): Promise<Entity | null> {
    const details = await this.#options.readDetails(getReads(context, info), entity);
    return details && { ...entity, details };
  }
}
