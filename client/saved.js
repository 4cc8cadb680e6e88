// A page that was read from a saved copy says from when it is. Only the worker knows, so it is asked.

import {recordOf} from './copies.js';
import {words} from './told.js';
import {element} from './search/box.js';
import {filled} from './words.js';

const {port1, port2} = new MessageChannel();
port1.onmessage = async ({data: name}) => {
  const record = name && await recordOf(name);
  if (record) document.getElementById('main').prepend(element('p', {class: 'status', role: 'note'}, ...filled(words.copy, {date: element('bdi', {}, record.date)})));
};
navigator.serviceWorker.controller.postMessage('which copy', [port2]);
