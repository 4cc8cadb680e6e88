// Sorts the cards of a page by their distance, in a straight line, from a place that the reader chooses or from the device. The
// position of the device is asked for only when the reader chooses it. It is not stored, and nothing here makes a request.

import {createElement, fillText} from './elements.js';

const RADIANS = Math.PI / 180;
const parsePosition = (text) => text.split(',').map((degrees) => degrees * RADIANS);

/** Return the angle between two positions on the sphere, by the haversine formula. */
const measure = ([latitude, longitude], [otherLatitude, otherLongitude]) => 2 * Math.asin(Math.sqrt(
  Math.sin((latitude - otherLatitude) / 2) ** 2 + Math.cos(latitude) * Math.cos(otherLatitude) * Math.sin((longitude - otherLongitude) / 2) ** 2));

const locateDevice = () => new Promise((resolve, reject) => {
  navigator.geolocation.getCurrentPosition(({coords}) => resolve(`${coords.latitude},${coords.longitude}`), reject, {timeout: 15e3, maximumAge: 6e5});
});

const nearestList = createElement('div', {class: 'cards'});
let places;

/** Show the cards in one list by their distance from the choice of a select element; without a choice, as they were. */
export const sortByDistance = async (select, cards, words) => {
  const note = select.form.querySelector('.near-note'), choice = select.value;
  const from = choice === 'me' ? await locateDevice().catch(() => null) : choice;
  if (select.value !== choice) return; // the reader has chosen another place since
  if (from === null) select.value = '';
  note.textContent = from === null ? note.dataset.failed : from ? note.dataset.done : '';
  places ??= cards.map((card) => [card, card.parentNode]);
  const distances = new Map(cards.map((card) => [card, from && card.dataset.at
    ? words.radius * Math.min(...card.dataset.at.split(' ').map((position) => measure(parsePosition(from), parsePosition(position)))) : Infinity]));
  for (const card of cards) card.querySelector('.distance')?.remove();
  select.form.after(nearestList);
  if (from) nearestList.append(...[...cards].sort((one, other) => distances.get(one) - distances.get(other) || 0));
  else for (const [card, place] of places) place.append(card);
  for (const [card, distance] of distances) {
    if (distance === Infinity) continue;
    const text = createElement('span', {class: 'distance'}, fillText(words.distance, {number: distance.toFixed(1).replace('.', words.decimal)}));
    // Beside a town only if it is the distance of that town: of several places it is that of the nearest.
    const town = !card.dataset.at.includes(' ') && card.querySelector('.town, .card-place');
    if (town) town.append(text); else card.querySelector('.card-foot').before(text);
  }
};
