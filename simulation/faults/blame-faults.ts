import type { Fault } from './fault.ts';

/** Faults in who is blamed for a refusal. */
export const BLAME_FAULTS: readonly Fault[] = [
  {
    name: 'a refused call is dead-lettered whole',
    file: 'isolation/prober.ts',
    search: 'if (only && set.updates.length === 1) refused.add(only, lane, verdict, at, since);',
    replace:
      "for (const update of set.updates) registry.record(update, { kind: 'rejected', reason: 'Refused', detail: verdict.detail, guids: [update.guid] }); if (only) return GOOD;",
  },
  {
    name: 'an image is blamed without a success between two refusals',
    file: 'isolation/refused-images.ts',
    search: 'return wasProven || (since < lastSuccessAt && lastSuccessAt <= at);',
    replace: 'return wasProven || since < lastSuccessAt || lastSuccessAt <= at;',
  },
  {
    name: 'a success from before the first refusal is evidence',
    from: 15,
    file: 'isolation/refused-images.ts',
    search: 'const wasProven = lane.health.lastSuccessAt > first;',
    replace: 'const wasProven = lane.health.lastSuccessAt > 0;',
  },
  {
    name: 'a refusal of everything is blamed on the images',
    file: 'isolation/blame.ts',
    search: '} else registry.record(update, unproven(refusal, clock.now()));',
    replace: '} else registry.record(update, rejected);',
  },
  {
    name: 'what other sandboxes saw of another account is evidence',
    from: 274,
    file: 'lanes/lanes.ts',
    search: 'loadAccounts([lane.account])',
    replace: 'loadAccounts([...this.#lanes.keys()])',
    and: {
      file: 'lanes/lanes.ts',
      search: 'found?.get(lane.account)',
      replace: '[...(found?.values() ?? [])].sort((a, b) => b.lastSuccessAt - a.lastSuccessAt)[0]',
    },
  },
  {
    name: 'refusals of one account stop all others',
    world: { name: 'systemic-refusal-of-one-account', variant: 'backlog-25' },
    file: 'isolation/blame.ts',
    search:
      "if (!refused.areFew(lane, clock.now())) lane.health.circuit.open('refusal', clock.now());",
    replace:
      "if (!refused.areFew(lane, clock.now())) this.#dependencies.memory.hostCircuit.open('refusal', clock.now());",
  },
  {
    name: 'it is forgotten when an image was first refused',
    world: { name: 'lone-bad-image', variant: 'unknown' },
    file: 'isolation/refused-images.ts',
    search: 'known?.refused?.hash === hash ? known.refused.since : at',
    replace: 'known?.refused?.hash === hash ? at : at',
  },
  {
    name: 'a refused control counts as taken',
    from: 904,
    file: 'isolation/blame.ts',
    search:
      "else if (verdict.kind === 'refused') lane.health.circuit.open('refusal', clock.now());",
    replace: "else if (verdict.kind === 'refused') lane.health.confirmed(clock.now());",
  },
  {
    name: 'to be listed is evidence, without a control',
    from: 904,
    file: 'isolation/blame.ts',
    search: 'const verdict = await sender.send(control);',
    replace: "const verdict = { kind: 'applied', listed: undefined };",
  },
  {
    name: 'a control is sent of an image that has products',
    from: 361,
    file: 'isolation/blame.ts',
    search: 'image === undefined || image.skus.length > 0',
    replace: 'image === undefined || image.skus.length < 0',
  },
  {
    name: 'a control is sent as an old list shows the image',
    from: 310,
    file: 'isolation/blame.ts',
    search: 'return fields.length === 0 || isOther ? []',
    replace: 'return fields.length === 0 && isOther ? []',
  },
  {
    name: 'an image that is not listed is blamed at once',
    from: 195,
    file: 'isolation/blame.ts',
    search: 'const isLong = clock.now() - since >= LONE_REFUSAL;',
    replace: 'const isLong = clock.now() >= since;',
  },
  {
    name: 'an image that is not listed is blamed, however many others are refused',
    from: 2_000,
    file: 'isolation/blame.ts',
    search: 'return isLong && mayBeAtFault.has(update.guid) && refused.areFew(lane, clock.now());',
    replace: 'return isLong && mayBeAtFault.has(update.guid) && refused !== lane;',
  },
  {
    name: 'a bad description takes a good title along',
    from: 101,
    file: 'isolation/blame.ts',
    search: 'if (isProven(refusal) && contributions.length === 1) this.#blame(update, rejected);',
    replace: 'if (isProven(refusal)) this.#blame(update, rejected);',
  },
  {
    name: 'a refused image is taken apart newest change first',
    from: 51,
    file: 'images/contributions.ts',
    search: 'return contributions;',
    replace: 'return contributions.toReversed();',
  },
  {
    name: 'a part of a refused image is judged once more, after newer ones went through',
    from: 1_508,
    file: 'isolation/blame.ts',
    search: 'for (const refusal of refusals) await',
    replace: 'for (const refusal of refusals && refused.ofLane(lane)) await',
  },
  {
    name: 'an image that was just uploaded is blamed at once',
    file: 'isolation/blame.ts',
    search: 'isKnown || left <= 0 ? rejected',
    replace: 'isKnown || left <= left ? rejected',
    world: { name: 'just-uploaded', variant: 'known-after-a-minute' },
  },
  {
    name: 'an image is taken for just uploaded for ever',
    file: 'isolation/blame.ts',
    search: 'const left = Math.ceil((knownBy - clock.now()) / 1_000);',
    replace: 'const left = Math.max(30, Math.ceil((knownBy - clock.now()) / 1_000));',
    world: { name: 'just-uploaded', variant: 'never-known' },
  },
];
