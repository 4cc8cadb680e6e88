// Reads a service aloud with a voice that is on the device: its text is not sent anywhere. Without such a voice for the language
// of the page there is no button.

import {createButton, language} from './elements.js';

const getBase = (tag) => tag.split(/[-_]/)[0].replace(/^tl$/, 'fil');
const findVoice = (tag) => speechSynthesis.getVoices().find((voice) => voice.localService && getBase(voice.lang) === getBase(tag));

/** Return the texts of an element in order. A text ends with its paragraph or its language; a phone number is read digit by digit. */
const listRuns = (element) => {
  const runs = [], walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const {parentElement: parent, data} = walker.currentNode;
    if (!data.trim() || parent.closest('[aria-hidden], button') || parent.checkVisibility?.() === false) continue;
    const block = parent.closest('p, li, dt, dd, h2, h3, summary'), {lang} = parent.closest('[lang]'), last = runs.at(-1);
    const text = parent.closest('[href^="tel:"]') ? data.replace(/\d/g, '$& ') : data;
    if (last?.block === block && last.lang === lang) last.text += ` ${text}`; else runs.push({block, lang, text});
  }
  return runs;
};

let reading, utterances = []; // the button of the service that is being read, and what is said: browsers may forget it otherwise

const stop = (words) => {
  speechSynthesis.cancel();
  if (reading) reading.textContent = words.listen;
  reading = null;
};

const start = (button, service, words) => {
  stop(words);
  reading = button;
  button.textContent = words.stop;
  utterances = listRuns(service).map(({lang, text}) => {
    const voice = findVoice(lang) ?? findVoice(language);
    return Object.assign(new SpeechSynthesisUtterance(text), {voice, lang: voice.lang});
  });
  utterances.at(-1).onend = utterances.at(-1).onerror = () => { if (reading === button) stop(words); };
  utterances.forEach((utterance) => speechSynthesis.speak(utterance));
};

/** Add a button to each service of a profile. `words` are those of freshness.js. Browsers may find their voices later. */
export const addListening = (words) => {
  const addButtons = () => {
    if (!findVoice(language) || document.querySelector('.listen')) return;
    for (const service of document.querySelectorAll('.service > details')) {
      const button = createButton(words.listen, () => reading === button ? stop(words) : start(button, service, words), {class: 'button listen'});
      service.querySelector('summary + div').prepend(button);
    }
  };
  addButtons();
  speechSynthesis.addEventListener('voiceschanged', addButtons);
  addEventListener('pagehide', () => stop(words));
};
