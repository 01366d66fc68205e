import { defineGroup } from '../command.ts';
import { backtestCommand } from './forecast/backtest.ts';
import { importCommand } from './forecast/import.ts';

export const forecast = defineGroup({ name: 'forecast', describe: 'Forecasts of sales', children: [backtestCommand, importCommand] });
