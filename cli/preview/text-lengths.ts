import { type Length, PROBE_FILE } from '../../infra/doctor/probed.ts';
import { readSavedProbe } from '../../infra/doctor/saved-probe.ts';
import { type EachField, FIELDS, ofEachField } from '../../lambda/contract/fields.ts';
import { maxLengthsOf, type TextLimits } from '../../lambda/contract/image.ts';

/** How long a text may be, and what FinerWorks does with a longer one. */
export interface TextLength {
  /** UTF-16 code units. */
  readonly most: number;
  readonly beyond: 'cut' | 'refused';
}

/** Of each field; undefined where nothing is known. */
export type TextLengths = Partial<EachField<TextLength | undefined>>;

/** Lengths, and where they come from if nobody gave them. */
export interface KnownLengths {
  readonly lengths: TextLengths;
  readonly remark: string | undefined;
}

/**
 * What is known of how long texts may be: what is given, else what a saved probe has seen of the same API
 * in the working folder.
 */
export function textLengths(given: TextLimits, apiUrl: string): KnownLengths {
  const maxLengths = maxLengthsOf(given);
  const lengths = ofEachField((field) => asGiven(maxLengths[field]));
  // Where there is none, or it is broken, `check` reports that.
  const saved = readSavedProbe(PROBE_FILE);
  if (saved.kind !== 'probe' || saved.probed.apiUrl !== apiUrl) {
    return { lengths, remark: undefined };
  }
  const { probed } = saved;
  const { titleLength, descriptionLength } = probed.facts;
  const facts: EachField<Length | undefined> = {
    title: titleLength,
    description: descriptionLength,
  };
  const seen = ofEachField((field) => asSeen(facts[field]));
  const told = FIELDS.flatMap((field) => {
    const length = lengths[field] === undefined ? seen[field] : undefined;
    return length === undefined
      ? []
      : [`${field} ${length.most}, longer ones are ${length.beyond}`];
  });
  const remark = `${PROBE_FILE} of ${probed.at.slice(0, 10)}: ${told.join('; ')}`;
  return {
    lengths: ofEachField((field) => lengths[field] ?? seen[field]),
    remark: told.length === 0 ? undefined : remark,
  };
}

function asGiven(most: number | undefined): TextLength | undefined {
  return most === undefined ? undefined : { most, beyond: 'cut' };
}

function asSeen(length: Length | undefined): TextLength | undefined {
  const { whole = 0, beyond } = length ?? {};
  return beyond === undefined ? undefined : { most: whole, beyond };
}
