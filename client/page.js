// What the scripts of a profile or a list do; each part is fetched where it is of use.

import './told.js';

if (document.querySelector('[data-geo]') && /Android/.test(navigator.userAgent)) import('./maps.js');
if (document.querySelector('[data-slug]')) import('./keep.js');
if (document.getElementById('narrow')) import('./filters.js');
if (navigator.serviceWorker?.controller) import('./saved.js');
