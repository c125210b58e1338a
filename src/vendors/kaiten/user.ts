import type { GroupUser } from '../../memberships.ts';
import type { KaitenUser } from './wire.ts';

/** A user of Kaiten under the names of the graph. */
export function groupUser(user: KaitenUser, tenant: string): GroupUser {
  return {
    tenant,
    userId: String(user.id),
    fullName: user.full_name ?? null,
    email: user.email ?? null,
    username: user.username ?? null,
    initials: user.initials ?? null,
    avatarType: user.avatar_type ?? null,
    avatarInitialsUrl: user.avatar_initials_url ?? null,
    avatarUploadedUrl: user.avatar_uploaded_url ?? null,
    language: user.lng ?? null,
    timezone: user.timezone ?? null,
    theme: user.theme ?? null,
    uiVersion: user.ui_version ?? null,
    activated: user.activated ?? null,
    virtual: user.virtual ?? null,
    createdAt: user.created ?? null,
    updatedAt: user.updated ?? null,
    emailBlockedAt: user.email_blocked ?? null,
    emailBlockedReason: user.email_blocked_reason ?? null,
    deleteRequestedAt: user.delete_requested_at ?? null,
  };
}
