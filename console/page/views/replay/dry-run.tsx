import type { DryRun as Plan } from '../../../server/replay/dry-run.ts';
import { count } from '../../format.ts';
import { to } from '../../state.ts';

/** What a replay would send, and what it would leave. */
export function DryRun({ plan }: { readonly plan: Plan }) {
  const { byReason, diesAgain, rows, skipped, skippedCount } = plan;
  const reasons = Object.entries(byReason).map(([reason, number]) => `${reason} ${count(number)}`);
  return (
    <section aria-label="Dry run">
      <h2>What it would do</h2>
      <p role="status">
        {count(plan.count)} would be sent{reasons.length > 0 && `: ${reasons.join(', ')}`}.
        {diesAgain > 0 && (
          <strong class="wrong">
            {' '}
            {count(diesAgain)} of them would be dead again at once: the function rejects them as
            they are.
          </strong>
        )}
        {skippedCount > 0 && ` ${count(skippedCount)} would be left.`}
      </p>
      <ul class="bodies">
        {rows.slice(0, 50).map(({ messageId, reason, body, why }) => (
          <li key={messageId}>
            <a href={to('letter', messageId)}>{reason}</a>{' '}
            {why !== undefined && <strong class="wrong">dies again: {why}</strong>}
            <pre>{body.slice(0, 2_000)}</pre>
          </li>
        ))}
      </ul>
      {skipped.length > 0 && (
        <ul>
          {skipped.slice(0, 50).map(({ messageId, why }) => (
            <li key={messageId}>
              <a class="mono" href={to('letter', messageId)}>
                {messageId}
              </a>{' '}
              {why}
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}
