// The quick exit of sensitive pages. Without this script its link leads away as every link does.
// Here the page goes blank at once, and the tab goes back to its first page of this guide and leaves from there, so that
// "back" does not lead to what was read (where there is no Navigation API, only this page is replaced).
// What it cannot do is said on the privacy page: the browser's own history keeps every page that was opened.

const MARK = 'guidegen-leave ', PATIENCE = 700;

const blank = () => {
  document.documentElement.hidden = true;
  document.title = ' ';
};

/** On the first page: on to the other website, in whose place nothing of the guide comes after. */
const arrive = () => {
  if (!window.name.startsWith(MARK)) return;
  const address = window.name.slice(MARK.length);
  window.name = '';
  blank();
  location.assign(address);
};

const leave = (address) => {
  blank();
  const {navigation} = window, first = navigation?.entries?.()[0];
  if (first && first.index < navigation.currentEntry.index) {
    window.name = MARK + address;
    navigation.traverseTo(first.key).finished.then(arrive, () => {}); // a first page that is this one is there at once
    setTimeout(() => { window.name = ''; location.replace(address); }, PATIENCE); // a slow network must not keep anybody here
  } else {
    location.replace(address);
  }
};

/** Coming back to a page that was left blank shows it again only when the reader wants that: it is loaded anew. */
addEventListener('pageshow', ({persisted}) => {
  if (window.name.startsWith(MARK)) arrive();
  else if (persisted && document.documentElement.hidden) location.reload();
});

const link = document.querySelector('.exit a');
link?.addEventListener('click', (event) => { event.preventDefault(); leave(link.href); });

let pressed = [];
addEventListener('keydown', ({key, repeat, timeStamp}) => {
  if (!link || link.parentNode.hidden || repeat) return;
  pressed = key === 'Shift' ? [...pressed, timeStamp].filter((time) => timeStamp - time < 2e3) : [];
  if (pressed.length >= 3) leave(link.href);
});
