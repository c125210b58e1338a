import type { Redactor } from '../core/redactor.ts';
import type { KaitenUser } from './decode.ts';
import type { GroupUser } from './entities.ts';

/** Converts a decoded user to an entity, without secrets in its texts. */
export function toGroupUser(user: KaitenUser, tenant: string, redactor: Redactor): GroupUser {
  return {
    tenant,
    userId: String(user.id),
    fullName: redactor.redactValue(user.full_name),
    email: redactor.redactValue(user.email),
    username: redactor.redactValue(user.username),
    initials: redactor.redactValue(user.initials),
    avatarType: user.avatar_type ?? null,
    avatarInitialsUrl: redactor.redactValue(user.avatar_initials_url),
    avatarUploadedUrl: redactor.redactValue(user.avatar_uploaded_url),
    language: redactor.redactValue(user.lng),
    timezone: redactor.redactValue(user.timezone),
    theme: user.theme ?? null,
    uiVersion: user.ui_version ?? null,
    activated: user.activated ?? null,
    virtual: user.virtual ?? null,
    createdAt: user.created ?? null,
    updatedAt: user.updated ?? null,
    emailBlockedAt: user.email_blocked ?? null,
    emailBlockedReason: redactor.redactValue(user.email_blocked_reason),
    deleteRequestedAt: user.delete_requested_at ?? null,
  };
}
