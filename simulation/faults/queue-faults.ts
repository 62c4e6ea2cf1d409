import type { Fault } from './fault.ts';

/** Faults in how verdicts are carried to messages, and in what is told to the queues. */
export const QUEUE_FAULTS: readonly Fault[] = [
  {
    name: 'acknowledged before the dead-letter queue confirms',
    from: 12,
    file: 'settlement/dead-lettering.ts',
    search: 'if (failure !== undefined) {',
    replace: 'if (failure === position) {',
  },
  {
    name: 'Failed[] of a batch request is swallowed',
    from: 12,
    file: 'queue/batch-requests.ts',
    search: "else if (!answer.has(Id)) failures.set(Id, 'not confirmed');",
    replace: '',
  },
  {
    name: 'receipts are matched by their position among the dead letters',
    from: 12,
    file: 'settlement/dead-lettering.ts',
    search: 'const failure = failures.get(letter.entry.Id);',
    replace:
      "const rejected = outcomes.filter(({ verdict }) => verdict.kind === 'rejected'); const failure = failures.get(String(position && rejected.indexOf(outcome)));",
  },
  {
    name: 'verdicts are handed to records by position',
    file: 'settlement/settle.ts',
    search: 'verdict: parsed.verdict ?? judge(parsed, registry),',
    replace:
      'verdict: parsed.verdict ?? judge(parsedRecords.toReversed()[parsedRecords.indexOf(parsed)] ?? parsed, registry),',
  },
  {
    name: 'one image that went well acknowledges the whole record',
    file: 'settlement/settle.ts',
    search: 'if (retried !== undefined) return retried;',
    replace: 'if (retried !== undefined && retried === verdicts[0]) return retried;',
  },
  {
    name: 'a record without a verdict is dropped',
    file: 'isolation/prober.ts',
    search: 'for (const update of set.updates) registry.record(update, verdict.verdict);',
    replace: '',
    and: {
      file: 'settlement/settle.ts',
      search:
        "kind: 'retry',\n  reason: 'Unexpected',\n  detail: 'an image of the record got no verdict',",
      replace: "kind: 'applied',",
    },
  },
  {
    name: 'changes are coalesced by arrival',
    file: 'images/coalesce.ts',
    search: 'compareOrder(b.change.order, a.change.order) ||',
    replace: 'changes.indexOf(b.change) - changes.indexOf(a.change) ||',
    and: {
      file: 'images/coalesce.ts',
      search: 'changes.toSorted((a, b) => compareOrder(a.order, b.order))',
      replace: '[...changes]',
    },
  },
  {
    name: 'the attribute redrive is ignored',
    file: 'records/origin.ts',
    search: 'if (attribute === undefined) return firstSendingOf(record);',
    replace: 'if (attribute !== record) return firstSendingOf(record);',
  },
  {
    name: 'the body of a dead letter is tidied up',
    from: 12,
    file: 'settlement/dead-letter.ts',
    search: 'const bare = { MessageBody: record.body, MessageAttributes: kept };',
    replace:
      'record = { ...record, body: record.body.trim() }; const bare = { MessageBody: record.body, MessageAttributes: kept };',
  },
  {
    name: 'entries of a batch request are named by message id',
    from: 13,
    file: 'settlement/dead-lettering.ts',
    search: 'const entry = { Id: String(position),',
    replace: 'const entry = { Id: record.messageId,',
    and: {
      file: 'settlement/dead-lettering.ts',
      search: 'byId.get(String(position));',
      replace: 'byId.get(outcome.parsed.record.messageId);',
    },
  },
  {
    name: 'the reason of a letter without room is kept under the id of its message alone',
    file: 'settlement/dead-lettering.ts',
    search: '({ entry }) => receipts.get(entry.Id)',
    replace: '({ sourceId }) => sourceId',
  },
  {
    name: 'a letter without room is done although its reason could not be kept',
    from: 42,
    file: 'settlement/dead-lettering.ts',
    search: 'if (lost !== undefined && needsKeeping(letter)) {',
    replace: 'if (lost === needsKeeping(letter)) {',
  },
];
