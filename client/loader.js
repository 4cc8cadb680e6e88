// The scripts of profiles and lists of cards. What only some readers use is loaded when they use it.

import {addFilters} from './filters.js';
import {words} from './freshness.js';

document.querySelector('.on-paper button')?.addEventListener('click', () => print());
const filters = document.getElementById('narrow');
if (filters) addFilters(filters, words);
if (document.querySelector('[data-slug]')) import('./bookmarks.js').then(({addButton}) => addButton(words));
if (window.speechSynthesis && document.querySelector('.service')) import('./listen.js').then(({addListening}) => addListening(words));
