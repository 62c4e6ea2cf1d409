import type { Fault } from './fault.ts';

/** Faults in what is remembered of images between invocations. */
export const LEDGER_FAULTS: readonly Fault[] = [
  {
    name: 'a refused condition counts as written',
    file: 'ledger/access.ts',
    search: 'return result.value ? undefined : busyFor(SECONDS_AFTER_COLLISION);',
    replace: 'return result.value || SECONDS_AFTER_COLLISION ? undefined : busyFor(0);',
  },
  {
    name: 'the lease of another invocation is not respected',
    file: 'ledger/invocation-ledger.ts',
    search: '{ token: before?.token, unleasedAt: now }',
    replace: '{ token: before?.token }',
    and: {
      file: 'ledger/invocation-ledger.ts',
      search: 'return leaseUntil < now ? undefined : busyFor',
      replace: 'return leaseUntil < now || now > 0 ? undefined : busyFor',
    },
  },
  {
    name: 'a settled item keeps its token',
    world: { name: 'delivered-twice', variant: 'few-receives' },
    file: 'ledger/invocation-ledger.ts',
    search: 'token: this.#newToken(),\n    };',
    replace: 'token: holding.item.token,\n    };',
  },
  {
    name: 'values are settled before FinerWorks confirms them',
    file: 'ledger/transitions.ts',
    search: 'const confirmed = decided.findLast(({ verdict }) => isSettled(verdict));',
    replace:
      "const confirmed = decided.findLast(({ verdict }) => isSettled(verdict) || verdict.kind === 'retry');",
  },
  {
    name: 'a value counts as known after a timeout',
    from: 8_067,
    file: 'ledger/transitions.ts',
    search: 'return { ...rest, isKnown: isAsBefore && rest.unsettled.length === 0 };',
    replace: 'return { ...rest, isKnown: isAsBefore || original.isKnown };',
  },
  {
    name: 'a value counts as known while another one is under way',
    from: 11_978,
    file: 'ledger/transitions.ts',
    search: 'return { ...entry, unsettled, isKnown: false };',
    replace: 'return { ...entry, unsettled };',
  },
  {
    name: 'a change that was never sent stays undecided',
    world: { name: 'outage', variant: '500-texts-in-turn' },
    file: 'ledger/transitions.ts',
    search: 'reach.wasSent ? current : onlyKnownTo(original, current)',
    replace: 'reach.wasSent ? current : { ...original, unsettled: current.unsettled }',
  },
  {
    name: 'whatever was not confirmed leaves the value known',
    from: 8_067,
    file: 'ledger/transitions.ts',
    search: 'isKnown: isAsBefore && rest.unsettled.length === 0',
    replace: 'isKnown: true',
  },
  {
    name: 'the lease is freed after an ambiguous answer',
    from: 89,
    file: 'ledger/invocation-ledger.ts',
    search: 'reach.isDoubtful ? settled : free',
    replace: 'reach.isDoubtful && now < 0 ? settled : free',
  },
  {
    name: 'order is by arrival',
    file: 'ledger/standing.ts',
    search: "if (compared < 0) return 'superseded';",
    replace: '',
    and: {
      file: 'ledger/standing.ts',
      search: "return isBehind ? 'waiting' : 'open';",
      replace: "return isBehind && now < 0 ? 'waiting' : 'open';",
    },
  },
  {
    name: 'a newer change that is not decided does not hold older ones back',
    file: 'ledger/standing.ts',
    search: "return isBehind ? 'waiting' : 'open';",
    replace: "return isBehind && now < 0 ? 'waiting' : 'open';",
  },
  {
    name: 'an older change is dropped for a newer one that was refused',
    file: 'ledger/standing.ts',
    search: "return isBehind ? 'waiting' : 'open';",
    replace: "return isBehind ? 'superseded' : 'open';",
  },
  {
    name: 'a refused change holds older ones back for ever',
    from: 51,
    file: 'ledger/transitions.ts',
    search: ".filter(({ verdict }) => verdict.kind === 'rejected')",
    replace: ".filter(({ verdict }) => verdict.kind === 'retry')",
  },
  {
    name: 'a repeated value does not move the order forward',
    from: 73,
    file: 'ledger/admission.ts',
    search: '? movedForward(entry, changes)',
    replace: '? (entry ?? movedForward(entry, changes))',
  },
  {
    name: 'what the ledger could not take is sent all the same',
    file: 'ledger/invocation-ledger.ts',
    search: 'if (hindrance !== undefined) {',
    replace: "if (hindrance !== undefined && hindrance.reason === 'Busy') {",
  },
  {
    name: 'a message is acknowledged although the ledger does not know of it',
    file: 'ledger/invocation-ledger.ts',
    search: 'else for (const update of holding.updates) book.book(update, hindrance);',
    replace: '',
  },
  {
    name: 'an event delivered again is sent again',
    file: 'ledger/standing.ts',
    search: "if (compared === 0) return 'repeated';",
    replace: "if (compared === 0) return 'open';",
    and: {
      file: 'ledger/admission.ts',
      search: 'isUnchanged(update[field]',
      replace: 'now < 0 && isUnchanged(update[field]',
    },
  },
];
