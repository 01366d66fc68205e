import type { Command } from '../command.ts';
import { compare } from './compare.ts';
import { dashboard } from './dashboard.ts';
import { decide } from './decide.ts';
import { demo } from './demo.ts';
import { evaluate } from './evaluate.ts';
import { exportRun } from './export.ts';
import { forecast } from './forecast.ts';
import { monitor } from './monitor.ts';
import { policyMap } from './policy-map.ts';
import { recommend } from './recommend.ts';
import { report } from './report.ts';
import { review } from './review.ts';
import { runs } from './runs.ts';
import { scenarios } from './scenarios.ts';
import { sensitivity } from './sensitivity.ts';
import { simulate } from './simulate.ts';
import { solve } from './solve.ts';
import { train } from './train.ts';

/** Every command, in the order of the help. */
export const commands: readonly Command[] = [
  demo,
  scenarios,
  solve,
  simulate,
  evaluate,
  compare,
  sensitivity,
  train,
  runs,
  report,
  exportRun,
  policyMap,
  forecast,
  recommend,
  decide,
  monitor,
  review,
  dashboard,
];
