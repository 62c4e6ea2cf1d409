/** Whether a goal was reached, as the documents say it. */
// @ts-nocheck

export function judge(isMet: boolean): string {
  return isMet ? 'met' : '**not met**';
}
