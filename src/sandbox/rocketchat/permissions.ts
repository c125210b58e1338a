import type { Behaviour } from '../behaviour.ts';
import type { Room } from './rooms.ts';
import { caller } from './users.ts';

/** The permissions of an administrator, as far as they matter to what is simulated. */
const granted = [
  'leave-p',
  'remove-user',
  'view-broadcast-member-list',
  'view-full-other-user-info',
  'view-other-user-channels',
  'view-room-administration',
] as const;

/** Permissions that the caller has only if they are asked for. */
const extra = ['api-bypass-rate-limit', 'kick-user-from-any-p-room'] as const;

/** A permission that a caller may have by default. */
export type Permission = (typeof granted)[number];

/** A permission that no caller has by default. */
export type ExtraPermission = (typeof extra)[number];

/** Which permissions differ from the defaults. */
export interface PermissionOptions {
  /** Permissions that no caller has. */
  readonly without?: readonly Permission[];
  /** Permissions that the caller has beside the defaults. */
  readonly with?: readonly ExtraPermission[];
}

/** Whether the one who calls has a permission, in a room if the permission concerns one. */
export type Holds = (permission: Permission | ExtraPermission, room?: Room) => boolean;

/**
 * Returns what tells whether a caller has a permission. The sandbox's caller is an administrator; others have what
 * owners and moderators have in their rooms, and what every user has.
 */
export function permissionsOf(
  options: PermissionOptions,
  userId: string,
  behaviour: Behaviour,
): Holds {
  return (permission, room) => {
    if (behaviour === 'forbidden' || isIn(options.without, permission)) return false;
    if (isIn(extra, permission)) return userId === caller && isIn(options.with, permission);
    if (userId === caller || permission === 'leave-p') return true;
    const isScoped = permission === 'remove-user' || permission === 'view-broadcast-member-list';
    const roles = room?.subscriptions.get(userId)?.roles ?? [];
    return isScoped && roles.some((role) => role === 'owner' || role === 'moderator');
  };
}

/** The rows of `permissions.listAll`: each permission with the roles that it is granted to. */
export function permissionRows(options: PermissionOptions): object[] {
  return [...granted, ...extra].map((_id) => {
    const isGranted = isIn(extra, _id) ? isIn(options.with, _id) : !isIn(options.without, _id);
    return { _id, roles: isGranted ? ['admin'] : [], _updatedAt: '2026-01-15T09:00:00.000Z' };
  });
}

function isIn(list: readonly string[] | undefined, one: string): boolean {
  return list?.includes(one) === true;
}
