// Without a network a page says from when the copy is that is read.

import {copyOf, possible} from './copies.js';
import {words} from './told.js';
import {element} from './search/box.js';
import {filled} from './words.js';

const copy = possible() && await copyOf(document.documentElement.lang).catch(() => null);
if (copy) document.getElementById('main').prepend(element('p', {class: 'status', role: 'note'}, ...filled(words.copy, {date: element('bdi', {}, copy.date)})));
