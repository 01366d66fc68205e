import { UserError } from '../../env/index.ts';
import type { History } from '../history.ts';
import { dayNumber } from '../import/index.ts';

/** [years] that forecasts reach past the sales, at most: 52 months. */
const FARTHEST = 5;

/** The public holidays of a country or of a part of it. */
export interface HolidayCalendar {
  /** ISO 3166 code, with that of the part where it has one: DE, DE-BY. */
  readonly country: string;
  /** Days are counted from 1970-01-01. */
  isHoliday(day: number): boolean;
}

/** Holidays of a history's years and of those that forecasts made from it may reach into. @throws UserError where the country is not known */
export function holidaysAround({ periods }: History, country: string): Promise<HolidayCalendar> {
  const yearOf = (day: string) => Number(day.slice(0, 4));
  return loadHolidays(country, yearOf(periods[0]) - 1, yearOf(periods[periods.length - 1]) + FARTHEST);
}

/**
 * Holidays of the years [from, to], by ISO code of the country: GB, DE, DE-BY. From the library date-holidays, loaded here for the first time.
 * @throws UserError where it does not know the country or its part
 */
export async function loadHolidays(country: string, from: number, to: number): Promise<HolidayCalendar> {
  const { default: Holidays } = await import('date-holidays');
  const [land, ...rest] = country.trim().toUpperCase().split('-');
  const part = rest.join('-');
  const known = new Holidays().getCountries();
  if (known[land] === undefined) {
    throw new UserError(
      `country ${country}: expected a code of two letters such as GB, DE or DE-BY; one of ${Object.keys(known).join(', ')}`,
    );
  }
  const parts = new Holidays().getStates(land) ?? {};
  if (part !== '' && parts[part] === undefined) {
    const list = Object.keys(parts).map((one) => `${land}-${one}`);
    throw new UserError(`country ${country}: ${land} has no part ${part}; expected ${[land, ...list].join(', ')}`);
  }
  const calendar = part === '' ? new Holidays(land) : new Holidays(land, part);
  const days = new Set<number>();
  for (let year = from; year <= to; year++) {
    for (const { date, type } of calendar.getHolidays(year)) if (type === 'public') days.add(dayNumber(date.slice(0, 10)));
  }
  return { country: part === '' ? land : `${land}-${part}`, isHoliday: (day) => days.has(day) };
}
