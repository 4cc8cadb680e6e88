// The quick exit of sensitive pages. Without this script, its link opens the other website like any other link.
// The script blanks the page at once, sends the tab back to the first page of this guide and opens the other website from
// there, so that the back button does not return to what was read. Without the Navigation API it only replaces this page.
// It cannot clear the history of the browser. The privacy page says so.

const MARKER = 'guidegen-leave ', TIMEOUT_MS = 700;

const blankPage = () => {
  document.documentElement.hidden = true;
  window.speechSynthesis?.cancel(); // nothing may go on reading the page aloud
  document.title = ' ';
};

/** On the first page of the tab, open the other website. This drops all later pages of the guide from the tab's history. */
const finishExit = () => {
  if (!window.name.startsWith(MARKER)) return;
  const address = window.name.slice(MARKER.length);
  window.name = '';
  blankPage();
  location.assign(address);
};

const leave = (address) => {
  blankPage();
  const {navigation} = window, first = navigation?.entries?.()[0];
  if (first && first.index < navigation.currentEntry.index) {
    window.name = MARKER + address;
    navigation.traverseTo(first.key).finished.then(finishExit, () => {}); // resolves only if the first page is this same document
    setTimeout(() => { window.name = ''; location.replace(address); }, TIMEOUT_MS); // a slow network must not keep anyone here
  } else {
    location.replace(address);
  }
};

/** Reload a blanked page that the browser restores from its back/forward cache: the reader chose to return to it. */
addEventListener('pageshow', ({persisted}) => {
  if (window.name.startsWith(MARKER)) finishExit();
  else if (persisted && document.documentElement.hidden) location.reload();
});

const link = document.querySelector('.exit a');
link?.addEventListener('click', (event) => { event.preventDefault(); leave(link.href); });

// Pressing Shift three times within two seconds leaves as well.
let presses = [];
addEventListener('keydown', ({key, repeat, timeStamp}) => {
  if (!link || link.parentNode.hidden || repeat) return;
  presses = key === 'Shift' ? [...presses, timeStamp].filter((time) => timeStamp - time < 2e3) : [];
  if (presses.length >= 3) leave(link.href);
});
