// Loads the scripts of a profile or a list of cards, each only where the page needs it.

import {words} from './freshness.js';

if (document.querySelector('[data-slug]')) import('./bookmarks.js').then(({addButton}) => addButton(words));
if (document.getElementById('narrow')) import('./filters.js');
if (navigator.serviceWorker?.controller) import('./offline-cache.js').then(({addBanner}) => addBanner(words));
