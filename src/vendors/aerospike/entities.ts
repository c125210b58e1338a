import type { Moment } from '../../domain/entities.ts';

/** An organization of Aerospike Cloud. */
export interface Organization {
  readonly organizationId: string;
  readonly name: string | null;
  readonly billingPlan: string | null;
}

/** The role of a member in an organization. */
export type OrgRole = 'ORG_ADMIN' | 'ORG_OWNER';

/** A member of the organization that the credential belongs to. */
export interface OrgMember {
  readonly userId: string;
  readonly firstName: string | null;
  readonly lastName: string | null;
  readonly email: string | null;
  readonly role: OrgRole | null;
  readonly createdAt: Moment | null;
}
