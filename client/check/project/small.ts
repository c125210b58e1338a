import { removeOrgMember } from 'membership-gateway-client';

console.log(removeOrgMember);
