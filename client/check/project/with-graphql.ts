import { print } from 'graphql';
import type { LeaveGroupResult } from 'membership-gateway-client';
import { LeaveGroupDocument, possibleTypes } from 'membership-gateway-client/documents';

type Data = ReturnType<NonNullable<typeof LeaveGroupDocument.__apiType>>;

export const outcomeOf = (data: Data): LeaveGroupResult['outcome'] | undefined =>
  data.leaveGroup?.outcome;

const text = print(LeaveGroupDocument);
console.log(text.includes('mutation LeaveGroup') && possibleTypes.ChangeResult.length > 10);
