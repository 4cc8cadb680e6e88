// What the scripts of a profile or a list do; each part is fetched where it is of use.

import {words} from './told.js';

if (document.querySelector('[data-slug]')) import('./kept.js').then(({offer}) => offer(words));
if (document.getElementById('narrow')) import('./filters.js');
if (navigator.serviceWorker?.controller) import('./offline.js').then(({date}) => date(words));
