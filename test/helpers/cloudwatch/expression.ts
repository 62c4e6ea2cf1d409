/** What a part of an expression is at one moment: a number, or a series' value, which may be missing. */
type Term =
  | { readonly kind: 'scalar'; readonly value: number }
  | { readonly kind: 'series'; readonly value: number | undefined };

/** The operators of each level, those that bind least first. */
const LEVELS: readonly (readonly string[])[] = [
  ['OR'],
  ['AND'],
  ['==', '!=', '<=', '>=', '<', '>'],
  ['+', '-'],
  ['*', '/'],
];

const OPERATIONS: Readonly<Record<string, (a: number, b: number) => number>> = {
  OR: (a, b) => Number(a !== 0 || b !== 0),
  AND: (a, b) => Number(a !== 0 && b !== 0),
  '==': (a, b) => Number(a === b),
  '!=': (a, b) => Number(a !== b),
  '<=': (a, b) => Number(a <= b),
  '>=': (a, b) => Number(a >= b),
  '<': (a, b) => Number(a < b),
  '>': (a, b) => Number(a > b),
  '+': (a, b) => a + b,
  '-': (a, b) => a - b,
  '*': (a, b) => a * b,
  '/': (a, b) => a / b,
};

/**
 * The value of a metric math expression at one moment, as far as alarms use it: operators and `IF` (AWS:
 * CloudWatch metric math). Of functions of whole series AWS says that they act differently in alarms, so
 * there are none here.
 *
 * @param values of the metrics, by their ids; undefined where one has no value at that moment
 * @returns undefined where the expression has none either
 */
export function evaluate(
  expression: string,
  values: Readonly<Record<string, number | undefined>>,
): number | undefined {
  const tokens = expression.match(/[A-Za-z_]\w*|\d+(?:\.\d+)?|[=!<>]=|[-+*/<>(),]/g) ?? [];
  let at = 0;

  function operand(level: number): Term {
    const operators = LEVELS[level];
    if (operators === undefined) return primary();
    let left = operand(level + 1);
    for (let token = tokens[at]; token && operators.includes(token); token = tokens[at]) {
      at += 1;
      left = combine(token, left, operand(level + 1));
    }
    return left;
  }

  function primary(): Term {
    const token = tokens[at] ?? '';
    at += 1;
    if (token === '(') {
      const inner = operand(0);
      take(')');
      return inner;
    }
    if (token === 'IF') return conditional();
    if (/^\d/.test(token)) return { kind: 'scalar', value: Number(token) };
    if (token in values) return { kind: 'series', value: values[token] };
    throw new Error(
      `${token} of ${expression} is neither a metric nor a function that is known here`,
    );
  }

  function conditional(): Term {
    take('(');
    const condition = operand(0);
    take(',');
    const whenTrue = operand(0);
    take(',');
    const whenFalse = operand(0);
    take(')');
    if (condition.value === undefined) return condition;
    // A missing value counts as 0 where the condition is true, and drops the point where it is false.
    const value = condition.value !== 0 ? (whenTrue.value ?? 0) : whenFalse.value;
    return { kind: 'series', value };
  }

  function take(token: string): void {
    if (tokens[at] !== token)
      throw new Error(`${expression}: ${token} expected, ${tokens[at]} found`);
    at += 1;
  }

  const { value } = operand(0);
  if (at < tokens.length) throw new Error(`${expression}: ${tokens[at]} is left over`);
  return value;
}

/** Between two series a missing value counts as 0; a scalar adds no moment to a series. */
function combine(operator: string, left: Term, right: Term): Term {
  const operation = OPERATIONS[operator];
  if (operation === undefined) throw new Error(`the operator ${operator} is unknown`);
  if (left.kind === 'scalar' && right.kind === 'scalar') {
    return { kind: 'scalar', value: operation(left.value, right.value) };
  }
  const isMissing = [left, right].every(
    ({ kind, value }) => kind === 'scalar' || value === undefined,
  );
  const value = isMissing ? undefined : operation(left.value ?? 0, right.value ?? 0);
  return { kind: 'series', value };
}
