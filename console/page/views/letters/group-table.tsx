import { count, when } from '../../format.ts';
import { chosenGroups, to } from '../../state.ts';

/** Letters of one reason and one detail, as the console tells of them. */
export interface ShownGroup {
  readonly key: string;
  readonly reason: string;
  readonly detail: string;
  readonly count: number;
  readonly first: string;
  readonly last: string;
  readonly daysLeft: number;
}

/** Groups of letters, to be looked into, and to be chosen for a replay. */
export function GroupTable({
  groups,
  isReadOnly,
}: {
  readonly groups: readonly ShownGroup[];
  readonly isReadOnly: boolean;
}) {
  return (
    <section class="wide" aria-label="Groups of dead letters">
      <table>
        <thead>
          <tr>
            {!isReadOnly && <th scope="col">Choose</th>}
            <th scope="col">Count</th>
            <th scope="col">Reason and detail</th>
            <th scope="col">First seen</th>
            <th scope="col">Last seen</th>
            <th scope="col">Days left</th>
          </tr>
        </thead>
        <tbody>
          {groups.map((group) => (
            <tr key={group.key}>
              {!isReadOnly && (
                <td>
                  <input
                    type="checkbox"
                    aria-label={`Choose ${group.reason}: ${group.detail}`}
                    checked={chosenGroups.value.has(group.key)}
                    onChange={() => choose(group.key)}
                  />
                </td>
              )}
              <td class="number">{count(group.count)}</td>
              <td>
                <a href={to('letters', group.key)}>
                  <strong>{group.reason === 'none' ? 'no reason' : group.reason}</strong>
                </a>{' '}
                <span class="detail">{group.detail}</span>
              </td>
              <td>{when(group.first)}</td>
              <td>{when(group.last)}</td>
              <td class={group.daysLeft < 2 ? 'number wrong' : 'number'}>{group.daysLeft}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

function choose(key: string): void {
  const { value } = chosenGroups;
  chosenGroups.value = value.symmetricDifference(new Set([key]));
}
