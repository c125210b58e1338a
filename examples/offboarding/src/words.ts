import {
  type ChangeResult,
  english,
  explain,
  type GatewayError,
  type Sentences,
} from 'membership-gateway-client';
import type { Row, RowState } from './model.ts';
import { systems } from './systems.ts';

/** The label of each state. */
export const stateNames = {
  there: '',
  waiting: 'Waiting',
  removing: 'Removing …',
  looking: 'Looking again …',
  removed: 'Removed',
  refused: 'Rejected',
  unknown: 'Not known whether it was made',
} as const satisfies Record<RowState['is'], string>;

/** Returns the name of a row's system. */
export function getTitle(row: Pick<Row, 'system'>): string {
  return systems.find(({ key }) => key === row.system)?.title ?? '';
}

/** Describes the effect of ending a membership, for the confirmation. */
export function describeEnd({ name, end }: Row): string {
  switch (end.mutation) {
    case 'detachStreamLeader':
      return `no longer leads the stream ${name}`;
    case 'removeGroupUser':
      return `is removed from the group ${name}`;
    case 'removeOrgMember':
      return `is removed from the organization ${name}`;
    case 'leaveGroup':
      return `leaves the room ${name} (your own account)`;
    case 'removeChatGroupMember':
      return `is removed from the room ${name}`;
  }
}

/** Describes a new state for screen readers. */
export function describeState(row: Row, state: RowState): string {
  const text = 'text' in state ? ` ${state.text}` : '';
  return `${getTitle(row)}, ${row.name}: ${stateNames[state.is]}.${text}`;
}

/** Formats a number of memberships. */
export function formatMembershipCount(count: number): string {
  if (count === 0) return 'no memberships';
  return count === 1 ? '1 membership' : `${count} memberships`;
}

/** Formats a time of day. */
export function formatTime(epochMs: number): string {
  return new Date(epochMs).toLocaleTimeString([], { timeStyle: 'medium' });
}

/** Explains what happened, without the wait: the page counts that down separately. */
export function explainWithoutWait(what: ChangeResult | GatewayError): string {
  return explain(what, timeless);
}

const timeless: Partial<Sentences> = {
  RateLimitedError: (error) => english.RateLimitedError(withoutWait(error)),
  VendorUnavailableError: (error) => english.VendorUnavailableError(withoutWait(error)),
  RATE_LIMITED_ERROR: (error) => english.RATE_LIMITED_ERROR(withoutWait(error)),
  VENDOR_UNAVAILABLE_ERROR: (error) => english.VENDOR_UNAVAILABLE_ERROR(withoutWait(error)),
  CALLER_LIMIT: (error) => english.CALLER_LIMIT(withoutWait(error)),
};

function withoutWait<E extends { readonly retryAfterSeconds: number | null }>(error: E): E {
  return Object.create(error, { retryAfterSeconds: { value: null } });
}
