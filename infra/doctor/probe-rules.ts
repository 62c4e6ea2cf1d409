import type { FunctionSettings } from '../../lambda/config.ts';
import type { Facts, Length, Probed } from './probed.ts';

/** The settings that a probe can contradict, of a stack or of a function. */
export type ProbedSettings = Pick<
  FunctionSettings,
  | 'apiUrl'
  | 'virtualInventory'
  | 'verify'
  | 'omittedFields'
  | 'listSessionId'
  | 'maxImagesPerCall'
  | 'callsPerSecond'
  | 'maxTitleLength'
  | 'maxDescriptionLength'
> & {
  /** Of the stack only. */
  readonly timeoutSeconds?: number | undefined;
};

/** A setting that contradicts what a probe saw. */
export interface Contradiction {
  /** Names the rule, so that a warning can be acknowledged. */
  readonly rule: string;
  readonly setting: keyof ProbedSettings;
  /** Why, and what to do, in one line that goes on after the setting's name. */
  readonly message: string;
}

interface Rule {
  readonly rule: string;
  readonly setting: keyof ProbedSettings;
  /** @returns undefined where there is nothing to say */
  readonly check: (facts: Facts, settings: ProbedSettings) => string | undefined;
}

/** The share of an invocation's time that waiting for a late list may take. */
const SHARE_OF_TIMEOUT = 0.5;

const RULES: readonly Rule[] = [
  {
    rule: 'probed-calls',
    setting: 'verify',
    check: ({ many }, { verify, maxImagesPerCall }) => {
      if (many === undefined || many === 'all' || maxImagesPerCall === 1) return undefined;
      const seen = `calls of two images ${many === 'refused' ? 'are refused' : `took ${TAKEN[many]}, with success`}`;
      if (many === 'refused') return `has nothing to read back: ${seen}; set maxImagesPerCall to 1`;
      if (verify === 'off')
        return `is off, but ${seen}: set maxImagesPerCall to 1, or verify to all`;
      if (verify === 'all') return undefined;
      return `reads a sample, but ${seen}: what is not read back may be lost; set maxImagesPerCall to 1, or verify to all`;
    },
  },
  {
    rule: 'probed-single',
    setting: 'verify',
    check: ({ single, unknownGuid }, { verify }) => {
      if (verify === 'all') return undefined;
      if (single === 'notTaken')
        return 'should be all: an update of one image was not taken, with success';
      if (unknownGuid === 'dropsAll') {
        return 'should be all: beside an unknown guid nothing was taken, with success';
      }
      return undefined;
    },
  },
  {
    rule: 'probed-omitted',
    setting: 'omittedFields',
    check: ({ omitted }, { omittedFields, virtualInventory }) => {
      if (omitted !== 'blanked' && omitted !== 'changed') return undefined;
      const seen = `a field that a call leaves out ${omitted === 'blanked' ? 'becomes empty' : 'becomes another text'}`;
      if (omittedFields === 'omit') return `is omit, but ${seen}: set it to complete`;
      return virtualInventory === 'remove'
        ? `completes nothing where virtualInventory is remove, and ${seen}: set that to protect, or send title and description both`
        : undefined;
    },
  },
  {
    rule: 'probed-title',
    setting: 'maxTitleLength',
    check: ({ titleLength }, { maxTitleLength }) => lengthAgainst(titleLength, maxTitleLength),
  },
  {
    rule: 'probed-description',
    setting: 'maxDescriptionLength',
    check: ({ descriptionLength }, { maxDescriptionLength }) =>
      lengthAgainst(descriptionLength, maxDescriptionLength),
  },
  {
    rule: 'probed-products',
    setting: 'virtualInventory',
    check: ({ products, inventoryFilter = 'kept' }, { virtualInventory }) => {
      if (virtualInventory === 'remove') return undefined;
      if (products === 'hidden') {
        return 'protects nothing: an image with virtual inventory products is listed without them';
      }
      return products === 'absent' && inventoryFilter !== 'kept'
        ? 'is protect, but nobody can see which images have products: neither list_images nor list_virtual_inventory by guid_filter shows it, so that every event comes back as InventoryUnknown'
        : undefined;
    },
  },
  {
    rule: 'probed-session',
    setting: 'listSessionId',
    check: ({ session }, { listSessionId }) =>
      session !== undefined && session !== 'any' && listSessionId === undefined
        ? 'is not set, but which images are listed depends on it: set it to {account}, or to the one that shows your images'
        : undefined,
  },
  {
    rule: 'probed-limit',
    setting: 'callsPerSecond',
    check: ({ limitHeaders = {} }, { callsPerSecond }) => {
      const told = Object.entries(limitHeaders).map(([name, value]) => `${name}: ${value}`);
      return told.length > 0 && callsPerSecond === undefined
        ? `is not set, but answers tell of a limit (${told.join('; ')}): stay below it`
        : undefined;
    },
  },
  {
    rule: 'probed-lists',
    setting: 'timeoutSeconds',
    check: ({ listSeconds = 0 }, { timeoutSeconds, verify }) =>
      timeoutSeconds !== undefined &&
      verify !== 'off' &&
      listSeconds > SHARE_OF_TIMEOUT * timeoutSeconds
        ? `is ${timeoutSeconds}, but lists show an update after ${listSeconds} s: set it above ${Math.ceil(listSeconds / SHARE_OF_TIMEOUT)}, so that updates can be read back`
        : undefined,
  },
];

const TAKEN = { first: 'only the first', some: 'only some', none: 'none' } as const;

/**
 * The settings that contradict what a probe saw. A probe of another address says nothing about them.
 */
export function contradictions(
  { apiUrl, facts }: Pick<Probed, 'apiUrl' | 'facts'>,
  settings: ProbedSettings,
): Contradiction[] {
  if (settings.apiUrl !== apiUrl) return [];
  return RULES.flatMap(({ rule, setting, check }) => {
    const message = check(facts, settings);
    return message === undefined ? [] : [{ rule, setting, message }];
  });
}

function lengthAgainst(length: Length | undefined, limit: number | undefined): string | undefined {
  const { whole, beyond } = length ?? {};
  if (whole === undefined || beyond === undefined) return undefined;
  if (limit !== undefined && limit <= whole) return undefined;
  const is = limit === undefined ? 'is not set' : `is ${limit}`;
  return `${is}, but what is longer than ${whole} characters is ${beyond}: set it to ${whole}`;
}
