// When a service is open: now and until when, or when next. The twin of src/guidegen/opening.py, held by tests/opening.json.
// Moments are minutes since 1970 on the wall clock of the place; days are counted from 1970 as well, and compared as ISO dates.

const NAMES = ['mo', 'tu', 'we', 'th', 'fr', 'sa', 'su'], DAY = 1440;
/** Rules as pages carry them: see rule() of the twin. */
const RULE = /^(?:x (\S*)|(\S+) (\d+)-(\d+)(?: (\S*)\/(\S*))?(?: w(\d+))?(?: m(\S+))?( by)?)?(?: ?@(\S+))?$/;
const dateOf = (day) => new Date(day * 864e5), isoOf = (day) => dateOf(day).toISOString().slice(0, 10);
const week = (day) => Math.floor((day + 3) / 7);
/** Whether a day is one of some dates and ranges of dates, `2026-12-24` or `2026-12-24..2027-01-02`; names of days are none. */
const within = (some, iso) => some.some((text) => { const [first, last = first] = text.split('..'); return first <= iso && iso <= last && text > '1'; });

export const read = (rules) => rules.map((rule, line) => {
  const [, closed, days, open, close, from, until, every, months, by, at] = RULE.exec(rule) ?? [];
  return {line, closed: closed?.split(','), days: days?.split(','), open: +open, close: +close, from, until, every, months: months?.split(','), by, at: at?.split(',') ?? ['']};
});

/** Whether a rule is that of dates, or of one day of every year. */
const isDated = ({days, from, until}) => days[0][4] === '-' || from && from === until;

/** The names under which a day can stand in a rule: `sa`, `1sa`, `-1sa` when it is the last of its month, `d15`, `d-1`. */
const namesOf = (day) => {
  const date = dateOf(day), name = NAMES[(day + 3) % 7], isLast = (days) => dateOf(day + days).getUTCMonth() !== date.getUTCMonth();
  return [name, Math.ceil(date.getUTCDate() / 7) + name, `d${date.getUTCDate()}`, isLast(7) && `-1${name}`, isLast(1) && 'd-1'];
};

/** Whether a day is in the season of a rule, which may have no year and pass the end of one. */
const inSeason = ({from = '', until = ''}, iso) => {
  const begun = iso.slice(-from.length || 10) >= from, goesOn = !until || iso.slice(-until.length) <= until;
  return until && from > until ? begun || goesOn : begun && goesOn;
};

const holds = (rule, day, iso, names) => within(rule.days, iso) || rule.days.some((name) => names.includes(name)) && inSeason(rule, iso)
  && !(rule.months && !rule.months.includes(`${+iso.slice(5, 7)}`)) && !(rule.every && (week(day) - week(Date.parse(rule.from) / 864e5)) % rule.every);

/** The rules of one place that hold on a day: those of the date, or else the usual ones where it is not closed. */
const on = (day, rules) => {
  const iso = isoOf(day), names = namesOf(day), times = rules.filter((rule) => rule.days && holds(rule, day, iso, names)), dated = times.filter(isDated);
  return dated.length ? dated : rules.some(({closed}) => closed && within(closed, iso)) ? [] : times;
};

/** How it stands at one place. Appointments are left out only here: those of a date still replace its usual hours. */
const statusOfPlace = (rules, at, ahead) => {
  const today = Math.floor(at / DAY);
  let ends = at, starts = at, first, last;
  for (let day = today - 2; day <= today + ahead; day += 1) {
    const some = on(day, rules).filter(({by}) => !by).map(({line, open, close}) => ({line, opens: day * DAY + open, closes: day * DAY + close}));
    for (const {line, opens, closes} of some.sort((a, b) => a.opens - b.opens || a.closes - b.closes)) {
      if (closes <= at) continue;
      if (opens > ends) return ends > at ? {open: true, starts, ends, first, last} : {open: false, starts: opens, ends: closes, first: line, last: line};
      if (closes > ends) { starts = Math.min(starts, opens); ends = closes; last = line; first ??= line; }
      if (ends - at >= 7 * DAY) return {open: true, starts, ends: Infinity, first, last};
    }
  }
  return ends > at ? {open: true, starts, ends, first, last} : null;
};

/**
 * How it stands at a moment: {open, starts, ends, first, last}, the last two as numbers of rules; `ends` is Infinity for a week and longer.
 * Of several places it is the one that is open longest, or else the one that opens first: hours of two places are never one stretch.
 */
export const status = (rules, at, ahead = 100) => [...new Set(rules.flatMap((rule) => rule.at))]
  .map((here) => statusOfPlace(rules.filter((rule) => !rule.at[0] || rule.at.includes(here)), at, ahead)).filter(Boolean)
  .sort((a, b) => b.open - a.open || (a.open ? b.ends - a.ends || 0 : a.starts - b.starts))[0] ?? null;

/** The moment on the wall clock of a time zone. */
export const wall = (instant, timeZone) => {
  const parts = new Intl.DateTimeFormat('en', {timeZone, calendar: 'gregory', numberingSystem: 'latn', hourCycle: 'h23', year: 'numeric', month: 'numeric', day: 'numeric', hour: 'numeric', minute: 'numeric'})
    .formatToParts(instant).reduce((found, {type, value}) => ({...found, [type]: +value}), {});
  return Date.UTC(parts.year, parts.month - 1, parts.day, parts.hour, parts.minute) / 6e4;
};
