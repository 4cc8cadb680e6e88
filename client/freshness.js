// Keeps a page current: what is open now, and which facts were checked long ago. Only the reader's clock can tell.
// Without this script, the page has the timetable and the date of the last check as text.

import {createElement, fillTemplate, formatDate, readJson} from './elements.js';
import {openingStatus, parseRules, toWallTime} from './opening-hours.js';

export const words = readJson('page-words');
const DAY = 1440;

/** Return the name of a day within a week, else its date. */
const formatDay = (day, today) => day - today < 7 ? words.days[(day + 3) % 7] : formatDate(new Date(day * 864e5), words);

/** Return the parts of "Open until 5" or "Opens tomorrow at 9". `timesOf` returns the times that a line of the timetable shows. */
const formatStatus = (status, now, timesOf) => {
  const formatTime = (text) => createElement('bdi', {}, text);
  if (status.open) return status.ends === Infinity || !timesOf(status.last)[1] ? [words.open] : fillTemplate(words.until, {time: formatTime(timesOf(status.last)[1])});
  const today = Math.floor(now / DAY), day = Math.floor(status.starts / DAY), time = timesOf(status.first)[0];
  const text = words[['today', 'tomorrow'][day - today] ?? 'next'];
  return time ? fillTemplate(text, {day: formatTime(formatDay(day, today)), time: formatTime(time)}) : [];
};

/** Show in each timetable whether it is open now. */
const updateOpenNow = () => {
  for (const table of document.querySelectorAll('[data-hours]')) {
    const now = toWallTime(Date.now(), table.dataset.zone ?? words.zone);
    const lines = [...table.querySelectorAll('[data-open]')];
    if (!lines.length) continue;
    const rules = parseRules([...lines.map((line) => line.dataset.open), ...(table.dataset.hours ? table.dataset.hours.split('|') : [])]);
    const status = openingStatus(rules, now), isOver = !status && table.dataset.until < new Date(now * 6e4).toISOString();
    table.classList.toggle('over', isOver);
    const parts = isOver ? [words.over] : status ? formatStatus(status, now, (number) => [...lines[number].querySelectorAll('.times > bdi')].map((time) => time.textContent)) : [];
    table.querySelector('.now')?.remove();
    const place = status && lines[status.open ? status.last : status.first].querySelector('.where'); // only if the service has several places
    if (place && parts.length) parts.push(' · ', place.cloneNode(true));
    const spot = table.querySelector('.next') ?? lines[0];
    if (parts.length) spot.before(createElement(spot.localName, {class: status?.open ? 'now open' : 'now'}, ...parts));
    table.dataset.opens = status?.open ? 'now' : status?.starts - now < DAY - now % DAY ? 'today' : '';
  }
  document.dispatchEvent(new Event('open-now'));
};

/** Return the days since the facts were checked; Infinity if they never were. */
const daysSinceCheck = ({dataset}) => dataset.verified ? Math.floor(Date.now() / 864e5) - Date.parse(dataset.verified) / 864e5 : Infinity;

/** Add "call first" to old facts, and move cards with facts twice as old to the end of their list, in the same order. */
const markOldFacts = (maxDays) => {
  for (const note of document.querySelectorAll('p[data-verified]')) {
    const warning = note.closest('.page, main').querySelector('.old-facts'); // not on the profile of a closed organization
    if (warning) warning.hidden = daysSinceCheck(note) <= maxDays;
  }
  for (const card of document.querySelectorAll('.card[data-is]')) {
    if (daysSinceCheck(card) > maxDays) card.querySelector('.card-title').after(createElement('p', {class: 'old'}, words.callFirst));
    if (daysSinceCheck(card) > 2 * maxDays) card.parentNode.append(card);
  }
};

if (words.checkAfter) markOldFacts(words.checkAfter);
if (words.zone && document.querySelector('[data-open]')) {
  updateOpenNow();
  setInterval(updateOpenNow, 6e4);
  addEventListener('pageshow', ({persisted}) => persisted && updateOpenNow());
}
