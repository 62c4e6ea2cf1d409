import { BLAME_FAULTS } from './blame-faults.ts';
import { CONTRACT_FAULTS } from './contract-faults.ts';
import { DELIVERY_FAULTS } from './delivery-faults.ts';
import type { Fault } from './fault.ts';
import { INVENTORY_FAULTS } from './inventory-faults.ts';
import { ISOLATION_FAULTS } from './isolation-faults.ts';
import { LANE_FAULTS } from './lane-faults.ts';
import { LEDGER_FAULTS } from './ledger-faults.ts';
import { OUTCOME_FAULTS } from './outcome-faults.ts';
import { QUEUE_FAULTS } from './queue-faults.ts';
import { READING_FAULTS } from './reading-faults.ts';
import { RETRY_FAULTS } from './retry-faults.ts';
import { SUSPECT_FAULTS } from './suspect-faults.ts';
import { TRAIL_FAULTS } from './trail-faults.ts';

/** Every fault that the simulation is to find. */
export const FAULTS: readonly Fault[] = [
  ...DELIVERY_FAULTS,
  ...LANE_FAULTS,
  ...ISOLATION_FAULTS,
  ...BLAME_FAULTS,
  ...INVENTORY_FAULTS,
  ...QUEUE_FAULTS,
  ...READING_FAULTS,
  ...RETRY_FAULTS,
  ...SUSPECT_FAULTS,
  ...LEDGER_FAULTS,
  ...CONTRACT_FAULTS,
  ...TRAIL_FAULTS,
  ...OUTCOME_FAULTS,
];
