import type { GroupUser } from '../../domain/entities.ts';
import type { Redactor } from '../core/redactor.ts';
import type { KaitenUser } from './decode.ts';

/** A user of Kaiten under the names of the graph, without a secret in any of its texts. */
export function toGroupUser(user: KaitenUser, tenant: string, redactor: Redactor): GroupUser {
  return {
    tenant,
    userId: String(user.id),
    fullName: redactor.data(user.full_name),
    email: redactor.data(user.email),
    username: redactor.data(user.username),
    initials: redactor.data(user.initials),
    avatarType: user.avatar_type ?? null,
    avatarInitialsUrl: redactor.data(user.avatar_initials_url),
    avatarUploadedUrl: redactor.data(user.avatar_uploaded_url),
    language: redactor.data(user.lng),
    timezone: redactor.data(user.timezone),
    theme: user.theme ?? null,
    uiVersion: user.ui_version ?? null,
    activated: user.activated ?? null,
    virtual: user.virtual ?? null,
    createdAt: user.created ?? null,
    updatedAt: user.updated ?? null,
    emailBlockedAt: user.email_blocked ?? null,
    emailBlockedReason: redactor.data(user.email_blocked_reason),
    deleteRequestedAt: user.delete_requested_at ?? null,
  };
}
