// When a service is open: now and until when, or when next. The twin of src/guidegen/opening.py, held by tests/opening.json.
// Moments are minutes since 1970 on the wall clock of the place; days are counted from 1970 as well.

const NAMES = ['mo', 'tu', 'we', 'th', 'fr', 'sa', 'su'], DAY = 1440, WEEK = 7 * DAY;
const dayOf = (iso) => Date.parse(iso) / 864e5;
const dateOf = (day) => new Date(day * 864e5);
const isDate = (text) => /^\d{4}-/.test(text ?? '');

/** Days as [first, last], of `2026-12-24` or `2026-12-24..2027-01-02`. */
const ranges = (texts) => texts.map((text) => { const [first, last = first] = text.split('..'); return [dayOf(first), dayOf(last)]; });
const within = (some, day) => some.some(([first, last]) => first <= day && day <= last);

/** Rules as pages carry them: see rule() of the twin. */
export const read = (rules) => rules.map((rule) => {
  const [days, minutes, ...rest] = rule.split(' '), places = rest.find((part) => part.startsWith('@'))?.slice(1).split(',') ?? [];
  if (days === 'x') return {closed: minutes ? ranges(minutes.split(',')) : [], places};
  if (!minutes) return {places};
  const [open, close] = minutes.split('-').map(Number), names = days.split(',');
  const [from, until] = (rest.find((part) => part.includes('/')) ?? '/').split('/');
  const dates = isDate(names[0]) ? ranges(names) : null;
  const after = (letter) => rest.find((part) => RegExp(`^${letter}\\d`).test(part))?.slice(1);
  return {
    days: new Set(names), dates, alone: Boolean(dates || (from && from === until)), open, close, from, until, places,
    every: Number(after('w') ?? 1), months: after('m')?.split(',').map(Number), appointment: rest.includes('by'),
  };
});

/** The names under which a day can stand in a rule: `sa`, `1sa`, `-1sa` when it is the last of its month, `d15`, `d-1`. */
const namesOf = (day) => {
  const date = dateOf(day), name = NAMES[(day + 3) % 7], ahead = (days) => dateOf(day + days).getUTCMonth() !== date.getUTCMonth();
  return [name, Math.ceil(date.getUTCDate() / 7) + name, `d${date.getUTCDate()}`, ...(ahead(7) ? [`-1${name}`] : []), ...(ahead(1) ? ['d-1'] : [])];
};

const inSeason = ({from, until}, day) => {
  if (isDate(from) || isDate(until) || !(from || until)) return !(from && day < dayOf(from)) && !(until && day > dayOf(until));
  const here = dateOf(day).toISOString().slice(5, 10);
  return from <= until ? from <= here && here <= until : here >= from || here <= until;
};

const week = (day) => Math.floor((day + 3) / 7);

const holds = (rule, day, names) => rule.dates ? within(rule.dates, day)
  : inSeason(rule, day) && !(rule.months && !rule.months.includes(dateOf(day).getUTCMonth() + 1))
    && !(rule.every > 1 && (week(day) - week(dayOf(rule.from))) % rule.every) && names.some((name) => rule.days.has(name));

/** The rules of one place that hold on a day: those of the date, or else the usual ones where it is not closed. */
const on = (day, rules) => {
  const names = namesOf(day), times = rules.filter((rule) => rule.days && holds(rule, day, names)), alone = times.filter((rule) => rule.alone);
  return alone.length ? alone : rules.some((rule) => rule.closed && within(rule.closed, day)) ? [] : times;
};

/** How it stands at one place. Appointments are left out only here: those of a date still replace its usual hours. */
const statusOfPlace = (rules, at, ahead) => {
  const today = Math.floor(at / DAY);
  let ends = at, starts = at, first = -1, last = -1;
  for (let day = today - 2; day <= today + ahead; day += 1) {
    const some = on(day, rules).filter(({appointment}) => !appointment)
      .map(({line, open, close}) => ({line, opens: day * DAY + open, closes: day * DAY + close})).sort((a, b) => a.opens - b.opens || a.closes - b.closes);
    for (const {line, opens, closes} of some) {
      if (closes <= at) continue;
      if (opens > ends) return ends > at ? {open: true, starts, ends, first, last} : {open: false, starts: opens, ends: closes, first: line, last: line};
      if (closes > ends) { starts = Math.min(starts, opens); ends = closes; last = line; first = first < 0 ? line : first; }
      if (ends - at >= WEEK) return {open: true, starts, ends: Infinity, first, last};
    }
  }
  return ends > at ? {open: true, starts, ends, first, last} : null;
};

/**
 * How it stands at a moment: {open, starts, ends, first, last}, the last two as numbers of rules; `ends` is Infinity for a week and longer.
 * Of several places it is the one that is open longest, or else the one that opens first: hours of two places are never one stretch.
 */
export const status = (hours, at, ahead = 100) => {
  const rules = hours.map((rule, line) => ({...rule, line})), everywhere = new Set(rules.flatMap(({places}) => places.length ? places : ['']));
  return [...everywhere].map((here) => statusOfPlace(rules.filter(({places}) => !places.length || places.includes(here)), at, ahead)).filter(Boolean)
    .sort((a, b) => b.open - a.open || (a.open ? b.ends - a.ends || 0 : a.starts - b.starts))[0] ?? null;
};

/** Whether all rules hold for days that are over, and none comes again. */
export const haveEnded = (hours, at) => {
  const times = hours.filter(({days}) => days), today = Math.floor(at / DAY);
  return times.length > 0 && times.every(({dates, until}) => dates ? dates.every(([, last]) => last < today) : isDate(until) && dayOf(until) < today);
};

/** The moment on the wall clock of a time zone. */
export const wall = (instant, timeZone) => {
  const parts = new Intl.DateTimeFormat('en', {timeZone, calendar: 'gregory', numberingSystem: 'latn', hourCycle: 'h23', year: 'numeric', month: 'numeric', day: 'numeric', hour: 'numeric', minute: 'numeric'})
    .formatToParts(instant).reduce((found, {type, value}) => ({...found, [type]: Number(value)}), {});
  return Date.UTC(parts.year, parts.month - 1, parts.day, parts.hour, parts.minute) / 6e4;
};
