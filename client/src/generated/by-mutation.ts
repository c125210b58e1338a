import {
  detachStreamLeader,
  removeGroupUser,
  removeOrgMember,
  leaveGroup,
  removeChatGroupMember,
} from './mutations.ts';

/** The mutations that end a membership. */
export const endingMutations = {
  detachStreamLeader,
  removeGroupUser,
  removeOrgMember,
  leaveGroup,
  removeChatGroupMember,
};

/** Adds the same sentence for the success of every mutation to other sentences. */
export function addSuccesses<Sentence, Others extends object>(sentence: Sentence, others: Others) {
  return {
    AttachStreamLeaderSuccess: sentence,
    DetachStreamLeaderSuccess: sentence,
    RemoveGroupUserSuccess: sentence,
    RemoveOrgMemberSuccess: sentence,
    LeaveGroupSuccess: sentence,
    RemoveChatGroupMemberSuccess: sentence,
    ...others,
  };
}