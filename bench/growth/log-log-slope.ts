import { linearRegression } from 'simple-statistics';

/** How far from 1 the slope of something linear may be. */
export const SLOPE_TOLERANCE = 0.05;

/**
 * The slope of the straight line through the points' logarithms: 1 where y grows as x does, 2 where it grows
 * as its square.
 *
 * @param points of positive numbers, at least two
 */
export function logLogSlope(points: readonly (readonly [x: number, y: number])[]): number {
  return linearRegression(points.map(([x, y]) => [Math.log(x), Math.log(y)])).m;
}

/** Whether a slope is that of something linear. */
export function isLinear(slope: number): boolean {
  return Math.abs(slope - 1) <= SLOPE_TOLERANCE;
}
