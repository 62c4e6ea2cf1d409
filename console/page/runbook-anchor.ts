/** Where the runbook tells of a reason, as the headings of docs/runbook.md make it. */
export function anchorOfReason(reason: string): string {
  return reason === 'none' ? 'a-dead-letter-without-a-reason' : `reason-${reason.toLowerCase()}`;
}
