import { defineGroup } from '../command.ts';
import { backtestCommand } from './forecast/backtest.ts';
import { explainCommand } from './forecast/explain.ts';
import { importCommand } from './forecast/import.ts';
import { predictCommand } from './forecast/predict.ts';

export const forecast = defineGroup({
  name: 'forecast',
  describe: 'Forecasts of sales',
  children: [backtestCommand, predictCommand, explainCommand, importCommand],
});
