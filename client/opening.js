// When a service is open: now and until when, or when next. The twin of src/guidegen/opening.py, held by tests/opening.json.
// Moments are minutes since 1970 on the wall clock of the guide's time zone; days are counted from 1970 as well.

const NAMES = ['mo', 'tu', 'we', 'th', 'fr', 'sa', 'su'], DAY = 1440, WEEK = 7 * DAY;
const dayOf = (iso) => Date.parse(iso) / 864e5;

/** Rules as pages carry them: `mo,1sa 1080-1230 2026-09-08/2027-06-05`, or `x 2026-12-24` for closed days. */
export const read = (rules) => rules.map((rule) => {
  const [days, minutes, dates] = rule.split(' ');
  if (days === 'x') return {closed: minutes.split(',').map(dayOf)};
  const [open, close] = minutes.split('-').map(Number), [from, until] = (dates ?? '/').split('/').map((iso) => iso && dayOf(iso));
  return {days: new Set(days.split(',')), open, close, from: from || -Infinity, until: until || Infinity};
});

/** The names under which a day can stand in a rule: `sa`, `1sa`, and `-1sa` when it is the last of its month. */
const namesOf = (day) => {
  const date = new Date(day * 864e5), name = NAMES[(day + 3) % 7], month = date.getUTCMonth();
  return [name, Math.ceil(date.getUTCDate() / 7) + name, ...(new Date((day + 7) * 864e5).getUTCMonth() !== month ? [`-1${name}`] : [])];
};

/** How it stands at a moment: {open, starts, ends, first, last}, the last two as numbers of rules; `ends` is Infinity for a week and longer. */
export const status = (hours, at, ahead = 100) => {
  const closed = new Set(hours.flatMap((rule) => rule.closed ?? [])), today = Math.floor(at / DAY);
  let ends = at, starts = at, first = -1, last = -1;
  for (let day = today - 2; day <= today + ahead; day += 1) {
    if (closed.has(day)) continue;
    const names = namesOf(day);
    const some = hours.map((rule, line) => ({rule, line})).filter(({rule}) => rule.days && day >= rule.from && day <= rule.until && names.some((name) => rule.days.has(name)))
      .map(({rule, line}) => ({line, opens: day * DAY + rule.open, closes: day * DAY + rule.close})).sort((a, b) => a.opens - b.opens || a.closes - b.closes);
    for (const {line, opens, closes} of some) {
      if (closes <= at) continue;
      if (opens > ends) return ends > at ? {open: true, starts, ends, first, last} : {open: false, starts: opens, ends: closes, first: line, last: line};
      if (closes > ends) { starts = Math.min(starts, opens); ends = closes; last = line; first = first < 0 ? line : first; }
      if (ends - at >= WEEK) return {open: true, starts, ends: Infinity, first, last};
    }
  }
  return ends > at ? {open: true, starts, ends, first, last} : null;
};

/** The moment on the wall clock of a time zone. */
export const wall = (instant, timeZone) => {
  const parts = new Intl.DateTimeFormat('en', {timeZone, calendar: 'gregory', numberingSystem: 'latn', hourCycle: 'h23', year: 'numeric', month: 'numeric', day: 'numeric', hour: 'numeric', minute: 'numeric'})
    .formatToParts(instant).reduce((found, {type, value}) => ({...found, [type]: Number(value)}), {});
  return Date.UTC(parts.year, parts.month - 1, parts.day, parts.hour, parts.minute) / 6e4;
};
