// What a page can only know when it is read: what is open now, and which facts have grown old.
// Without this script the timetable and the date of the last check stand there as text.

import {read, status, wall} from './opening.js';
import {element, filled} from './words.js';

export const words = JSON.parse(document.getElementById('page-words').textContent);
const tag = document.documentElement.lang, DAY = 1440;

/** A day that is not today or tomorrow: its name within a week, else its date. */
const dayName = (day, today) => {
  if (day - today < 7) return words.days[(day + 3) % 7];
  const known = Intl.DateTimeFormat.supportedLocalesOf(tag).length, date = new Date(day * 864e5);
  return known ? date.toLocaleDateString(tag, {month: 'long', day: 'numeric', timeZone: 'UTC'}) : date.toISOString().slice(0, 10);
};

const line = (found, now, times) => {
  const time = (text) => element('bdi', {}, text);
  if (found.open) return found.ends === Infinity || !times(found.last)[1] ? [words.open] : filled(words.until, {time: time(times(found.last)[1])});
  const today = Math.floor(now / DAY), day = Math.floor(found.starts / DAY), starts = times(found.first)[0];
  const text = words[['today', 'tomorrow'][day - today] ?? 'next'];
  return starts ? filled(text, {day: time(dayName(day, today)), time: time(starts)}) : [];
};

/** Says in each timetable how it stands now. */
const tell = () => {
  for (const table of document.querySelectorAll('[data-hours]')) {
    const now = wall(Date.now(), table.dataset.zone ?? words.zone);
    const lines = [...table.querySelectorAll('[data-open]')];
    if (!lines.length) continue;
    const rules = read([...lines.map((one) => one.dataset.open), ...(table.dataset.hours ? table.dataset.hours.split('|') : [])]);
    const found = status(rules, now), over = !found && table.dataset.until < new Date(now * 6e4).toISOString();
    table.classList.toggle('over', over);
    const said = over ? [words.over] : found ? line(found, now, (number) => [...lines[number].querySelectorAll('.times bdi')].map((time) => time.textContent)) : [];
    table.querySelector('.now')?.remove();
    const where = found && lines[found.open ? found.last : found.first].querySelector('.where'); // of a service at several places
    if (where && said.length) said.push(' · ', where.cloneNode(true));
    if (said.length) lines[0].before(element(lines[0].localName, {class: found?.open ? 'now open' : 'now'}, ...said));
    table.toggleAttribute('data-now', Boolean(found?.open));
  }
  document.dispatchEvent(new Event('told'));
};

/** Days since the facts were checked; Infinity when nobody knows. */
const age = (one) => one.dataset.verified ? Math.floor(Date.now() / 864e5) - Date.parse(one.dataset.verified) / 864e5 : Infinity;

/** Old facts say "call first"; very old ones go to the end of their list, in the order they had. */
const decay = (after) => {
  for (const one of document.querySelectorAll('p[data-verified]')) one.closest('.page, main').querySelector('.old-facts').hidden = age(one) <= after;
  for (const card of document.querySelectorAll('.card[data-is]')) {
    if (age(card) > after) card.querySelector('.card-title').after(element('p', {class: 'old'}, words.callFirst));
    if (age(card) > 2 * after) card.parentNode.append(card);
  }
};

if (words.checkAfter) decay(words.checkAfter);
if (words.zone && document.querySelector('[data-open]')) {
  tell();
  setInterval(tell, 6e4);
  addEventListener('pageshow', ({persisted}) => persisted && tell());
}
// The map that the reader has on an Android phone; other systems do not know geo: addresses (RFC 5870), or open nothing.
for (const place of /Android/.test(navigator.userAgent) ? document.querySelectorAll('[data-geo]') : []) {
  const {geo} = place.dataset;
  place.prepend(element('a', {href: `geo:${geo}?q=${geo}`}, words.map), ' · ');
}
