import { NexomaticError } from '@nexomatic/contracts/error-code';
import { suspendedDetail } from '@nexomatic/contracts/suspended-detail';

/** The refusal of everybody who speaks to, or for, a tenant that an administrator has stopped. */
export const tenantSuspended = (name: string): NexomaticError =>
  new NexomaticError('tenant_suspended', suspendedDetail(name));
