import {
  type ChangeResult,
  english,
  explain,
  type GatewayError,
  type Sentences,
} from 'membership-gateway-client';
import type { Row, RowState } from './model.ts';
import { systems } from './systems.ts';

/** How each state is called. */
export const stateNames = {
  there: '',
  waiting: 'Waiting',
  removing: 'Removing …',
  looking: 'Looking again …',
  removed: 'Removed',
  refused: 'Refused',
  unknown: 'Not known whether it was made',
} as const satisfies Record<RowState['is'], string>;

/** The system's name. */
export function titleOf(row: Pick<Row, 'system'>): string {
  return systems.find(({ key }) => key === row.system)?.title ?? '';
}

/** What ending a membership does, for the one who is asked to confirm it. */
export function doing({ name, end }: Row): string {
  switch (end.mutation) {
    case 'detachStreamLeader':
      return `no longer leads the stream ${name}`;
    case 'removeGroupUser':
      return `is removed from the group ${name}`;
    case 'removeOrgMember':
      return `is removed from the organisation ${name}`;
    case 'leaveGroup':
      return `leaves the room ${name} (your own account)`;
    case 'removeChatGroupMember':
      return `is removed from the room ${name}`;
  }
}

/** A state that was come to, for screen readers. */
export function spoken(row: Row, state: RowState): string {
  const text = 'text' in state ? ` ${state.text}` : '';
  return `${titleOf(row)}, ${row.name}: ${stateNames[state.is]}.${text}`;
}

/** A number of memberships. */
export function membershipCount(count: number): string {
  if (count === 0) return 'no memberships';
  return count === 1 ? '1 membership' : `${count} memberships`;
}

/** A time of the day. */
export function timeOf(epochMs: number): string {
  return new Date(epochMs).toLocaleTimeString([], { timeStyle: 'medium' });
}

/** What happened, in a sentence that stays true: the wait is counted down beside it. */
export function sentence(what: ChangeResult | GatewayError): string {
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
