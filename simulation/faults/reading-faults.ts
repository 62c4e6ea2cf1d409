import type { Fault } from './fault.ts';

/** Faults that only show where FinerWorks does something else than one would wish. */
export const READING_FAULTS: readonly Fault[] = [
  {
    name: 'what is seen not to be taken is acknowledged',
    reading: ['first-only'],
    file: 'verification/read-back-verdicts.ts',
    search: 'registry.record(update, { ...NOT_TAKEN, ...(strange !== undefined && { strange }) });',
    replace: "registry.record(update, { kind: 'applied' });",
  },
  {
    name: 'what is shown as it was before counts as taken',
    reading: ['random-subset'],
    file: 'verification/read-back.ts',
    search: 'if (isOpen) return false;',
    replace: '',
  },
  {
    name: 'one call of a sandbox is read back, and no other',
    from: 27,
    reading: ['guid-case-kept'],
    file: 'verification/sampler.ts',
    search: 'export const SAMPLE_INTERVAL = 20;',
    replace: 'export const SAMPLE_INTERVAL = 2_000;',
  },
  {
    name: 'what can not be read back counts as taken where all is to be',
    from: 16,
    reading: ['first-only'],
    file: 'verification/read-back-verdicts.ts',
    search: "if (limits.verify === 'all') {\n        registry.record(update, unread);",
    replace: "if (limits.verify === 'off') {\n        registry.record(update, unread);",
  },
  {
    name: 'nobody asks what is there before a call, where inventory is not protected',
    reading: ['first-only'],
    file: 'verification/verification.ts',
    search: "if (isDue && limits.virtualInventory === 'remove') {",
    replace: "if (isDue && limits.virtualInventory === 'protect') {",
  },
  {
    name: 'what was sent before counts as what FinerWorks made of the text',
    from: 8_405,
    file: 'verification/observation.ts',
    search: 'const isFormer = shown === earlier || isFormerText(shown, known);',
    replace: 'const isFormer = shown === earlier;',
    and: {
      file: 'verification/observation.ts',
      search: "return isLate ? 'doubtful' : 'strange';",
      replace: "return 'strange';",
    },
  },
  {
    name: 'a late list is read again and again without a pause',
    reading: ['late-list'],
    file: 'verification/read-back.ts',
    search: 'if (Math.min(wait, left) > 0) await clock.sleep(Math.min(wait, left));',
    replace: '',
  },
  {
    name: 'an image whose list says nothing of products has none',
    from: 13,
    reading: ['no-products'],
    file: 'inventory/inventory-lists.ts',
    search: 'unsaid.length === 0\n        ? new Map()',
    replace: 'untold.length >= 0\n        ? new Map()',
  },
  {
    name: 'the other field is sent along for titles only',
    reading: ['blank-omitted'],
    file: 'inventory/completion.ts',
    search: 'const missing = FIELDS.filter((field) => update[field] === undefined);',
    replace:
      "const missing = FIELDS.filter((field) => update[field] === undefined && field === 'description');",
  },
  {
    name: 'what FinerWorks makes of a text never counts as that text',
    world: { name: 'rewritten-texts', variant: 'trimmed' },
    file: 'verification/observation.ts',
    search: "if (rewriting.isPlausible(sent, shown)) return 'rewritten';",
    replace: '',
  },
  {
    name: 'guids in capitals are not found in an answer',
    reading: ['guids-in-capitals'],
    file: 'finerworks/answer-content.ts',
    search: 'const guid = isJsonObject(image) ? readGuid(image.guid) : undefined;',
    replace: 'const guid = isJsonObject(image) ? String(image.guid) : undefined;',
  },
  {
    name: 'an image is settled while it is read back',
    reading: ['random-subset'],
    file: 'delivery/delivery.ts',
    search: '(guid) => !this.#verification.isOpen(guid) && !this.#isolation.isOpen(guid),',
    replace: '(guid) => !this.#isolation.isOpen(guid),',
  },
];
