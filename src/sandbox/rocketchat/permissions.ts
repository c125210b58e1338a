import type { Behaviour } from '../behaviour.ts';
import type { Room } from './rooms.ts';
import { caller } from './users.ts';

/** The permissions of an administrator that matter for the simulated routes. */
const granted = [
  'leave-p',
  'remove-user',
  'view-broadcast-member-list',
  'view-full-other-user-info',
  'view-other-user-channels',
  'view-room-administration',
] as const;

/** Permissions that the caller has only if the options add them. */
const extra = ['api-bypass-rate-limit', 'kick-user-from-any-p-room'] as const;

/** A permission that a caller may have by default. */
export type Permission = (typeof granted)[number];

/** A permission that no caller has by default. */
export type ExtraPermission = (typeof extra)[number];

/** Options for permissions that differ from the defaults. */
export interface PermissionOptions {
  /** Permissions that no caller has. */
  readonly without?: readonly Permission[];
  /** Permissions that the caller has in addition to the defaults. */
  readonly with?: readonly ExtraPermission[];
}

/** A function that returns whether the caller has a permission, in a room if the permission concerns one. */
export type HasPermission = (permission: Permission | ExtraPermission, room?: Room) => boolean;

/**
 * Creates the check of a caller's permissions. The sandbox's caller is an administrator. Other callers have the
 * permissions of owners and moderators in their rooms, and those of every user.
 */
export function createPermissionCheck(
  options: PermissionOptions,
  userId: string,
  behaviour: Behaviour,
): HasPermission {
  return (permission, room) => {
    if (behaviour === 'forbidden' || isIn(options.without, permission)) return false;
    if (isIn(extra, permission)) return userId === caller && isIn(options.with, permission);
    if (userId === caller || permission === 'leave-p') return true;
    const isScoped = permission === 'remove-user' || permission === 'view-broadcast-member-list';
    const roles = room?.subscriptions.get(userId)?.roles ?? [];
    return isScoped && roles.some((role) => role === 'owner' || role === 'moderator');
  };
}

/** Returns the rows of `permissions.listAll`: each permission with the roles that have it. */
export function listPermissionRows(options: PermissionOptions): object[] {
  return [...granted, ...extra].map((_id) => {
    const isGranted = isIn(extra, _id) ? isIn(options.with, _id) : !isIn(options.without, _id);
    return { _id, roles: isGranted ? ['admin'] : [], _updatedAt: '2026-01-15T09:00:00.000Z' };
  });
}

function isIn(list: readonly string[] | undefined, one: string): boolean {
  return list?.includes(one) === true;
}
