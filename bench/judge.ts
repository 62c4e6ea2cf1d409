/** Whether a goal was reached, as the documents say it. */
export function judge(isMet: boolean): string {
  return isMet ? 'met' : '**not met**';
}
