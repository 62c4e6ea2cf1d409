import type { Fault } from './fault.ts';

/** Faults in reading back what was answered with success. */
export const VERIFICATION_FAULTS: readonly Fault[] = [
  {
    name: 'an image is settled while it is read back',
    file: 'delivery/delivery.ts',
    search: '(guid) => !this.#verification.isOpen(guid) && !this.#isolation.isOpen(guid),',
    replace: '(guid) => !this.#isolation.isOpen(guid),',
  },
  {
    name: 'what a late list shows counts as rewritten',
    file: 'verification/sight.ts',
    search: "if (shown === before) return 'before';",
    replace: "if (shown === before) return 'rewritten';",
  },
  {
    name: 'what is not taken is never sent again',
    file: 'verification/verification.ts',
    search: 'book.book(update, NOT_TAKEN);',
    replace: "book.book(update, { kind: 'applied' });",
  },
  {
    name: 'nobody waits for what is read back',
    file: 'verification/verification.ts',
    search: 'else if (!this.#readings.areUnderWay) break;',
    replace: 'else break;',
  },
  {
    name: 'a call that waits is not told of a pause',
    file: 'delivery/call-scheduler.ts',
    search: 'if (lane.health.pace.isPaused(clock.now())) return this.next(lane, images);',
    replace: '',
  },
];
