import { describe, expect, test } from '@jest/globals';
import { stateOf, type TreatMissingData } from './alarm-state.ts';
import { evaluate } from './expression.ts';

const TREATMENTS: readonly TreatMissingData[] = ['missing', 'ignore', 'breaching', 'notBreaching'];

/** Of three evaluated periods; the alarm's state before is one that no rule gives. */
function statesFor(points: string, datapointsToAlarm: number): string {
  const read = points.split(' ').map((point) => (point === '-' ? undefined : point === 'X'));
  const states = TREATMENTS.map((treatMissingData) => {
    const rule = { evaluationPeriods: 3, datapointsToAlarm, treatMissingData };
    const [kept, other] = [stateOf(read, rule, 'OK'), stateOf(read, rule, 'INSUFFICIENT_DATA')];
    return kept === other ? kept : 'as before';
  });
  return states.join(' ');
}

// The tables of AWS: CloudWatch, configuring how alarms treat missing data.
describe('an alarm’s state with missing data, as AWS’s tables have it', () => {
  test.each([
    ['0 - X - X', 'OK OK OK OK'],
    ['0 - - - -', 'OK OK OK OK'],
    ['- - - - -', 'INSUFFICIENT_DATA as before ALARM OK'],
    ['0 X X - X', 'ALARM ALARM ALARM ALARM'],
    ['- - X - -', 'ALARM as before ALARM OK'],
    ['- - - - X', 'OK as before ALARM OK'],
  ])('3 out of 3: %s', (points, states) => {
    expect(statesFor(points, 3)).toBe(states);
  });

  test.each([
    ['0 - X - X', 'ALARM ALARM ALARM ALARM'],
    ['0 0 X 0 X', 'ALARM ALARM ALARM ALARM'],
    ['0 - X - -', 'OK OK ALARM OK'],
    ['- - - - 0', 'OK OK ALARM OK'],
    ['- - - X -', 'ALARM as before ALARM OK'],
  ])('2 out of 3: %s', (points, states) => {
    expect(statesFor(points, 2)).toBe(states);
  });
});

describe('an expression with missing values', () => {
  test.each([
    ['a + b', { a: 2, b: undefined }, 2],
    ['a + b', { a: undefined, b: undefined }, undefined],
    ['a > 1', { a: undefined }, undefined],
    ['a > b', { a: undefined, b: 20 }, 0],
    ['a > 15 AND b > 15', { a: 30, b: 20 }, 1],
    ['IF(a, b, c)', { a: 1, b: undefined, c: 0 }, 0],
    ['IF(a, b, c)', { a: 0, b: 0, c: undefined }, undefined],
    ['IF(a, b, 5)', { a: undefined, b: 30 }, undefined],
    ['IF(a > b * 0, 0, b)', { a: undefined, b: 7 }, 7],
  ])('%s of %j is %s', (expression, values, result) => {
    expect(evaluate(expression, values)).toBe(result);
  });

  test('holds no function of a whole series', () => {
    expect(() => evaluate('MAX(a)', { a: 1 })).toThrow('MAX');
    expect(() => evaluate('FILL(a, 0)', { a: 1 })).toThrow('FILL');
  });
});
