// When a service is open: now and until when, or when next. The twin of src/guidegen/model/opening_hours.py; both are tested
// with tests/opening.json. A moment is in minutes since 1970 on the clock of the place, a day in days since 1970. Dates are
// compared as ISO texts.

const DAY_NAMES = ['mo', 'tu', 'we', 'th', 'fr', 'sa', 'su'], DAY = 1440;
/** A rule as pages have it: see format_rule() of the twin. */
const RULE = /^(?:x (\S*)|(\S+) (\d+)-(\d+)(?: (\S*)\/(\S*))?(?: w(\d+))?(?: m(\S+))?( by)?)?(?: ?@(\S+))?$/;
const toDate = (day) => new Date(day * 864e5), toIso = (day) => toDate(day).toISOString().slice(0, 10);
const weekNumber = (day) => Math.floor((day + 3) / 7);
/** Return whether a date is in one of some dates and ranges, `2026-12-24` or `2026-12-24..2027-01-02`; skip names of days. */
const within = (ranges, iso) => ranges.some((text) => { const [first, last = first] = text.split('..'); return first <= iso && iso <= last && text > '1'; });

export const parseRules = (rules) => rules.map((rule, line) => {
  const [, closed, days, open, close, from, until, every, months, by, at] = RULE.exec(rule) ?? [];
  return {line, closed: closed?.split(','), days: days?.split(','), open: +open, close: +close, from, until, every, months: months?.split(','), by, at: at?.split(',') ?? ['']};
});

/** Return whether a rule is for certain dates, or for one day of every year. */
const isDated = ({days, from, until}) => days[0][4] === '-' || from && from === until;

/** Return the names that rules have for a day: `sa`, `1sa`, `-1sa` if it is the last of its month, `d15`, `d-1`. */
const namesOfDay = (day) => {
  const date = toDate(day), name = DAY_NAMES[(day + 3) % 7], isLast = (days) => toDate(day + days).getUTCMonth() !== date.getUTCMonth();
  return [name, Math.ceil(date.getUTCDate() / 7) + name, `d${date.getUTCDate()}`, isLast(7) && `-1${name}`, isLast(1) && 'd-1'];
};

/** Return whether a date is in the season of a rule, which may have no year and may cross the end of a year. */
const inSeason = ({from = '', until = ''}, iso) => {
  const isAfterStart = iso.slice(-from.length || 10) >= from, isBeforeEnd = !until || iso.slice(-until.length) <= until;
  return until && from > until ? isAfterStart || isBeforeEnd : isAfterStart && isBeforeEnd;
};

const isInEffect = (rule, day, iso, names) => within(rule.days, iso) || rule.days.some((name) => names.includes(name)) && inSeason(rule, iso)
  && !(rule.months && !rule.months.includes(`${+iso.slice(5, 7)}`)) && !(rule.every && (weekNumber(day) - weekNumber(Date.parse(rule.from) / 864e5)) % rule.every);

/** Return the rules of one place for a day: those for the date, else the usual ones unless the place is closed. */
const onDay = (day, rules) => {
  const iso = toIso(day), names = namesOfDay(day), hours = rules.filter((rule) => rule.days && isInEffect(rule, day, iso, names)), dated = hours.filter(isDated);
  return dated.length ? dated : rules.some(({closed}) => closed && within(closed, iso)) ? [] : hours;
};

/** Return the status of one place, or false. Skip appointments only here: those for a date still replace its usual hours. */
const statusOfPlace = (rules, at, maxDays) => {
  const today = Math.floor(at / DAY);
  let ends = at, starts = at, first, last;
  for (let day = today - 2; day <= today + maxDays; day += 1) {
    const openings = onDay(day, rules).filter(({by}) => !by).map(({line, open, close}) => ({line, starts: day * DAY + open, ends: day * DAY + close}));
    for (const {line, starts: opens, ends: closes} of openings.sort((a, b) => a.starts - b.starts || a.ends - b.ends)) {
      if (closes <= at) continue;
      if (opens > ends) return ends > at ? {open: true, starts, ends, first, last} : {open: false, starts: opens, ends: closes, first: line, last: line};
      if (closes > ends) { starts = Math.min(starts, opens); ends = closes; last = line; first ??= line; }
      if (ends - at >= 7 * DAY) return {open: true, starts, ends: Infinity, first, last};
    }
  }
  return ends > at && {open: true, starts, ends, first, last};
};

/**
 * Return the status at a moment, {open, starts, ends, first, last}, or undefined. `first` and `last` are numbers of rules; `ends` is
 * Infinity for a week and longer. Of several places, use the one that is open longest, else the one that opens first. The hours
 * of two places are never joined.
 */
export const openingStatus = (rules, at, maxDays = 100) => [...new Set(rules.flatMap((rule) => rule.at))]
  .map((place) => statusOfPlace(rules.filter((rule) => !rule.at[0] || rule.at.includes(place)), at, maxDays)).filter(Boolean)
  .sort((a, b) => b.open - a.open || (a.open ? b.ends - a.ends || 0 : a.starts - b.starts))[0];

/** Return an instant as a moment on the clock of a time zone. */
export const toWallTime = (instant, timeZone) => {
  const parts = new Intl.DateTimeFormat('en', {timeZone, calendar: 'gregory', numberingSystem: 'latn', hourCycle: 'h23', year: 'numeric', month: 'numeric', day: 'numeric', hour: 'numeric', minute: 'numeric'})
    .formatToParts(instant).reduce((fields, {type, value}) => ({...fields, [type]: +value}), {});
  return Date.UTC(parts.year, parts.month - 1, parts.day, parts.hour, parts.minute) / 6e4;
};
