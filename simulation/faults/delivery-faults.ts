import type { Fault } from './fault.ts';

/** Faults in what is sent to FinerWorks and what its answers are taken for. */
export const DELIVERY_FAULTS: readonly Fault[] = [
  {
    name: 'HTTP 200 counts as success, whatever the body says',
    file: 'finerworks/classify.ts',
    search: 'if (!parsed.data.status.success) return refusal(answer);',
    replace: '',
  },
  {
    name: 'a time-out counts as success',
    file: 'finerworks/classify.ts',
    search: "if (answer.kind === 'none') {",
    replace:
      "if (answer.kind === 'none' && answer.cause === 'Timeout') return { kind: 'applied', listed: undefined, text: '' }; if (answer.kind === 'none') {",
  },
  {
    name: 'HTTP 5xx counts as a refusal',
    file: 'finerworks/classify.ts',
    search: "if (status < 200 || status >= 500) return retry('ServerError', answer);",
    replace: '',
  },
  {
    name: 'bad keys count as a refusal',
    file: 'finerworks/classify.ts',
    search: "if (namesCredentials(answer)) return retry('BadKeys', answer);",
    replace: '',
  },
  {
    name: 'keys are tried again without having changed',
    file: 'finerworks/sender.ts',
    search: 'return refused.web_api_key !== web_api_key || refused.app_key !== app_key;',
    replace: "return refused.web_api_key !== '' || web_api_key === app_key;",
  },
  {
    name: 'an image missing from the list of a success counts as updated',
    file: 'finerworks/investigation.ts',
    search: 'if (listed === undefined || listed.has(update.guid)) {',
    replace: 'if (true) {',
  },
  {
    name: 'a refused call is dead-lettered whole',
    file: 'finerworks/investigation.ts',
    search:
      'if (updates.length === 1) for (const update of updates) this.#accuse(update, verdict);',
    replace:
      "for (const update of updates) this.#accuse(update, verdict); if (updates.length > 0) return { kind: 'unknown' };",
  },
  {
    name: 'the search for culprits has no budget',
    from: 500,
    file: 'finerworks/investigation.ts',
    search: 'const isAffordable = this.figures.isolationCalls < this.#budget;',
    replace: 'const isAffordable = true;',
  },
  {
    name: 'what was proved good is halved and sent again',
    file: 'finerworks/narrow.ts',
    search:
      "if (suspects.length < 2 || finding.kind === 'good' || finding.kind === 'unknown') return [];",
    replace: "if (suspects.length < 2 || finding.kind === 'unknown') return [];",
  },
  {
    name: 'a bad description takes a good title along',
    file: 'finerworks/investigation.ts',
    search: 'else await this.#sendContributions(update);',
    replace:
      'else for (const rejected of [this.#culprits.rejectionOf(update)]) if (rejected) this.#book.book(update, rejected);',
  },
  {
    name: 'a refused image is taken apart newest change first',
    file: 'images/contributions.ts',
    search: 'return contributions;',
    replace: 'return contributions.toReversed();',
  },
  {
    name: 'a refusal of everything is blamed on the images',
    from: 100,
    file: 'finerworks/culprits.ts',
    search: 'if (!isSystemic) return undefined;',
    replace: 'if (isSystemic || !isSystemic) return undefined;',
  },
  {
    name: 'calls start that can not finish before the deadline',
    file: 'finerworks/turns.ts',
    search: 'return clock.now() + wait + callTimeout <= deadline;',
    replace: 'return clock.now() + wait + callTimeout <= deadline + 3_600_000;',
  },
  {
    name: 'Retry-After is not heard',
    file: 'finerworks/turns.ts',
    search: 'const { retryAfterSeconds: asked = 0 } = retried;',
    replace: 'const { asked = 0 }: { asked?: number } = {};',
  },
  {
    name: 'the breaker never opens',
    file: 'finerworks/sender.ts',
    search: 'if (this.#failuresInRow[kind] < FAILURES_TO_BREAK) return;',
    replace: 'if (this.#failuresInRow[kind] > 0) return;',
  },
  {
    name: 'looks that are answered hide that no update is',
    from: 1_950,
    file: 'finerworks/sender.ts',
    search: 'this.#failuresInRow[kind] = 0;',
    replace: 'this.#failuresInRow.calls = this.#failuresInRow.listCalls = 0;',
  },
  {
    name: 'a look and an update that wait side by side take the same turn',
    from: 100,
    file: 'finerworks/turns.ts',
    search: 'pace.take(clock.now() + wait);\n    await this.#sleep(wait);',
    replace: 'await this.#sleep(wait); pace.take(clock.now());',
  },
  {
    name: 'an image is settled before the last of its calls',
    from: 100,
    file: 'finerworks/outstanding.ts',
    search: 'this.#updatesOf.get(guid) === 0',
    replace: 'this.#updatesOf.get(guid) !== -1',
  },
  {
    name: 'an idle sandbox saves up calls',
    file: 'finerworks/pace.ts',
    search: 'this.#nextAt = Math.max(now, this.#nextAt) + interval;',
    replace: 'this.#nextAt = this.#nextAt + interval + 0 * now;',
  },
];
