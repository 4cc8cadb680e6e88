// The map that the reader has on an Android phone; other systems do not know geo: addresses (RFC 5870), or open nothing.

import {words} from './told.js';
import {element} from './search/box.js';

for (const place of document.querySelectorAll('[data-geo]')) {
  const {geo} = place.dataset;
  place.prepend(element('a', {href: `geo:${geo}?q=${geo}`}, words.map), ' · ');
}
