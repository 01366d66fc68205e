import type { History } from '../history.ts';
import { dayNumber, periodOfDay, startOfPeriod, weekdayOf } from '../import/index.ts';
import type { FeatureGroup } from './feature-group.ts';
import type { HolidayCalendar } from './holidays.ts';

const MONTHS = ['January', 'February', 'March', 'April', 'May', 'June', 'July', 'August', 'September', 'October', 'November', 'December'];
const WEEKDAYS = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'];
/** Nearly everything sells more on some weekdays than on others. */
const WEEKDAY_PULL = 0.01;
/** Waves a year of the Fourier terms. */
const WAVES = [1, 2, 3];
const YEAR = 365.2425;
const DAY = 86_400_000;

/** First day of a period of the history, or of one before or after it, in days since 1970-01-01. */
export function periodStarts({ periods, periodLength }: History): (period: number) => number {
  const first = periodOfDay(dayNumber(periods[0]), periodLength);
  return (period) => startOfPeriod(first + period, periodLength);
}

/** Where in the year the period lies that is forecast. A week belongs to the month of its Thursday. */
export function calendarFeatures(history: History): FeatureGroup {
  const startOf = periodStarts(history);
  const middle = { day: 0, week: 3, month: 14 }[history.periodLength];
  return {
    names: [...WAVES.flatMap((wave) => [`year sin ${wave}`, `year cos ${wave}`]), ...MONTHS],
    write(_, origin, ahead, out, at) {
      const day = startOf(origin + ahead) + middle;
      const date = new Date(day * DAY);
      const part = (day - Date.UTC(date.getUTCFullYear(), 0, 1) / DAY) / YEAR;
      let next = at;
      for (const wave of WAVES) {
        out[next++] = Math.sin(2 * Math.PI * wave * part);
        out[next++] = Math.cos(2 * Math.PI * wave * part);
      }
      out.fill(0, next, next + MONTHS.length);
      out[next + date.getUTCMonth()] = 1;
    },
  };
}

/** The weekday of the day that is forecast: for daily sales. */
export function weekdayFeatures(history: History): FeatureGroup {
  const startOf = periodStarts(history);
  return {
    names: WEEKDAYS,
    pull: WEEKDAY_PULL,
    write(_, origin, ahead, out, at) {
      out.fill(0, at, at + WEEKDAYS.length);
      out[at + weekdayOf(startOf(origin + ahead))] = 1;
    },
  };
}

/** Public holidays on working days, Monday to Friday, of the period that is forecast, the one before and the one after. */
export function holidayFeatures(history: History, holidays: HolidayCalendar): FeatureGroup {
  const startOf = periodStarts(history);
  const count = (period: number) => {
    let found = 0;
    for (let day = startOf(period); day < startOf(period + 1); day++) if (holidays.isHoliday(day) && weekdayOf(day) < 5) found++;
    return found;
  };
  return {
    names: ['holidays', 'holidays before', 'holidays after'],
    write(_, origin, ahead, out, at) {
      out[at] = count(origin + ahead);
      out[at + 1] = count(origin + ahead - 1);
      out[at + 2] = count(origin + ahead + 1);
    },
  };
}
