import { errorName } from '../general/error-name.ts';
import type { AfterVerdicts } from '../settlement/after-verdicts.ts';
import type { OutcomeKind } from './outcome-kinds.ts';
import type { LostOutcomes } from './tell-outcomes.ts';

/** Settings of the function that are about outcomes. */
interface Given {
  readonly outcomesTarget?: string | undefined;
  readonly outcomes: readonly OutcomeKind[];
}

/**
 * Tells what became of events, where the setting `outcomesTarget` says to whom. It is best effort: it takes
 * 2 s at most, and a failure changes no verdict. The code and the client are loaded once a batch has been
 * settled, so that no cold start waits for them.
 *
 * @param service the function's name
 * @param onLost takes how many were not told, by reason
 */
export function outcomesOnDemand(
  { outcomesTarget: target, outcomes: kinds }: Given,
  service: string,
  onLost: (lost: LostOutcomes) => void,
): AfterVerdicts {
  if (target === undefined) return async () => {};
  let teller: Promise<AfterVerdicts> | undefined;
  return async (outcomes, context) => {
    try {
      teller ??= import('./tell-outcomes.ts').then(({ outcomeTeller }) =>
        outcomeTeller({ target, kinds, service }, onLost),
      );
      await (await teller)(outcomes, context);
    } catch (error) {
      onLost({ [errorName(error)]: outcomes.length });
    }
  };
}
