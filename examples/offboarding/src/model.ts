import type { MembershipEnd } from 'membership-gateway-client';
import type { SystemKey } from './systems.ts';

/** A call that can be made again. */
export interface Retry {
  /** From when on, in epoch ms; null where nobody tells. */
  readonly from: number | null;
}

/** A failed read, described in a sentence. */
export interface Problem {
  readonly text: string;
  /** Null where trying again will not help. */
  readonly retry: Retry | null;
}

/** The state of a membership. */
export type RowState =
  /** It is there; `note` tells what was found when somebody looked again. */
  | { readonly is: 'there'; readonly isTicked: boolean; readonly note: string | null }
  | { readonly is: 'waiting' }
  | { readonly is: 'removing' }
  | { readonly is: 'looking' }
  | { readonly is: 'removed'; readonly text: string }
  | { readonly is: 'refused'; readonly text: string; readonly retry: Retry | null }
  /** It was sent, and nobody knows what became of it. */
  | { readonly is: 'unknown'; readonly text: string; readonly retry: Retry | null };

/** A membership on the page. */
export interface Row {
  /** The same for the same membership, whenever it is read. */
  readonly key: string;
  readonly system: SystemKey;
  readonly name: string;
  /** Who it is in that system. */
  readonly who: string;
  readonly end: MembershipEnd;
  readonly state: RowState;
}

/** The memberships in one system, or the problem with reading them. */
export interface Section {
  readonly isReading: boolean;
  /** Why the list is not there. */
  readonly problem: Problem | null;
  /** What of the list is not there. */
  readonly notes: readonly string[];
  readonly rows: readonly Row[];
}

/** The sections of all systems. */
export type Sections = Readonly<Record<SystemKey, Section>>;

/** The progress of a removal. */
export interface Run {
  readonly keys: readonly string[];
}

/** Returns whether the result of a removal is shown. */
export const isSettled = ({ is }: RowState): boolean =>
  is === 'removed' || is === 'refused' || is === 'unknown';

/** Returns whether a row has a change in progress, so that it must stay visible. */
export const isUnderWay = ({ state: { is } }: Row): boolean =>
  is === 'waiting' || is === 'removing' || is === 'looking';

/** Lists the memberships of all systems. */
export const rowsOf = (sections: Sections): readonly Row[] =>
  Object.values(sections).flatMap(({ rows }) => rows);

/** Lists the ticked memberships. */
export const tickedOf = (sections: Sections): readonly Row[] =>
  rowsOf(sections).filter(({ state }) => state.is === 'there' && state.isTicked);
