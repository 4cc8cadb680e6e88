// How the web editor reads and writes files: every value is the text that was typed, as guidegen reads it ("no" is a word, 02101
// keeps its zero), and of a file only what somebody changed is written anew; comments and the rest stay as they are.
import { isMap, isSeq, parseDocument, Scalar, visit } from 'yaml';

const KEPT = 'guidegen';
const READ = { schema: 'failsafe', keepSourceTokens: true };
const WRITTEN = { lineWidth: 0, flowCollectionPadding: false };
const UNSEEN = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\ufeff\ufffe\uffff]/g;
/** Lists that may be written as a single value; forms know them as lists. A test compares them with the field table. */
export const MAY_BE_ONE = ['at', 'closed', 'closed_on', 'cost', 'dates', 'day_of_month', 'names', 'postal_codes'];
const NOTHING = /^(|~|null|Null|NULL)$/;

/** A profile or a translation: its values, and beside them what kind it is and the file as it was. */
export const profile = {
  fromFile: (text) => read(text, (values) => ('name' in values ? 'profile' : 'translation')),
  toFile: written,
};

/** An article: the values above its text, and the text as `body`. */
export const article = {
  fromFile(text) {
    const [front, body] = parts(text);
    return { ...read(front, () => 'article'), body };
  },
  toFile({ body, ...values }) {
    return `---\n${written(values)}---\n${body ?? ''}`;
  },
};

function parts(text) {
  const found = /^\ufeff?---[ \t]*\r?\n([\s\S]*?\n|)---[ \t]*(?:\r?\n|$)([\s\S]*)$/.exec(text);
  return found ? [found[1], found[2]] : ['', text];
}

function read(text, kindOf) {
  const document = parseDocument(text, READ);
  const values = document.errors.length ? {} : said(document);
  const name = document.errors.length ? { name: 'A file with a mistake', summary: document.errors[0].message } : {};
  return { ...name, ...listed(values), kind: kindOf({ ...name, ...values }), [KEPT]: text };
}

/** The values with a list in place of each single value that forms know as a list. */
function listed(value, key = '') {
  if (Array.isArray(value)) return value.map((item) => listed(item));
  const group = isGroup(value) ? Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, listed(inner, name)])) : value;
  return MAY_BE_ONE.includes(key) && group !== null ? [group] : group;
}

/** The values of a form with a single value in place of each list of one, where the file has a single value. */
function single(value, before, key = '') {
  if (Array.isArray(value) && value.length === 1 && MAY_BE_ONE.includes(key) && before !== undefined && !Array.isArray(before)) return single(value[0], before);
  if (Array.isArray(value)) return value.map((item, number) => single(item, before?.find?.((other) => nameOf(other) && nameOf(other) === nameOf(item)) ?? before?.[number]));
  return isGroup(value) ? Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, single(inner, before?.[name], name)])) : value;
}

/** What a document says: texts, and null where a list has an open place. */
function said(document) {
  const copy = document.clone();
  visit(copy, { Scalar: (_, node) => void (node.type === Scalar.PLAIN && NOTHING.test(node.value) && (node.value = null)) });
  return copy.toJS() ?? {};
}

function written({ [KEPT]: before = '', kind: _, ...values }) {
  const document = parseDocument(before || '{}\n', READ);
  if (document.errors.length) throw new Error(`This file has a mistake, so it is not changed. ${document.errors[0].message}`);
  if (!isMap(document.contents) || !before) document.contents = document.createNode({});
  const old = full(said(document)) ?? {};
  const wanted = full(single(values, old)) ?? {};
  if (JSON.stringify(old) === JSON.stringify(wanted)) return before;
  document.contents.flow = false;
  change(document, [], old, wanted);
  const text = document.toString({ ...WRITTEN, indentSeq: !/^- /m.test(before) });
  return before.includes('\r\n') ? text.replace(/\r?\n/g, '\r\n') : text;
}

/** The values without those that say nothing: a form leaves empty texts, lists and groups behind. In lists they keep a place open. */
function full(value) {
  if (Array.isArray(value)) {
    const items = value.map((item) => full(item) ?? null);
    return items.some((item) => item !== null) ? items : undefined;
  }
  if (value && typeof value === 'object') {
    const pairs = Object.entries(value).map(([key, inner]) => [key, full(inner)]).filter(([, inner]) => inner !== undefined);
    return pairs.length ? Object.fromEntries(pairs) : undefined;
  }
  if (value === true || value === false) return value ? 'yes' : 'no';
  if (value === undefined || value === null) return undefined;
  const text = `${value}`.replace(/[\u0085\u2028\u2029]/g, '\n').replace(UNSEEN, '');
  return NOTHING.test(text.trim()) ? undefined : text;
}

/** Changes in the document what differs between what it says and what it shall say. */
function change(document, way, before, after) {
  if (JSON.stringify(before) === JSON.stringify(after)) return;
  const here = way.length ? document.getIn(way, true) : document.contents;
  if (isGroup(before) && isGroup(after)) {
    const keys = new Set([...Object.keys(before), ...Object.keys(after)]);
    for (const key of keys) change(document, [...way, key], before[key], after[key]);
  } else if (Array.isArray(before) && Array.isArray(after) && isSeq(here) && here.items.length === before.length) {
    changeList(document, way, here, before, after);
  } else if (after === undefined) {
    remove(document, way);
  } else if (here instanceof Scalar && typeof after === 'string') {
    here.value = after;
    here.type = styled(after, here.type);
  } else {
    document.setIn(way, made(document, after, way.length > 1));
  }
}

/** Entries that go on stay as they stand, comments and all; new ones are made, and those that are gone go. */
function changeList(document, way, list, before, after) {
  const left = before.map((_, number) => number);
  const take = (fits) => left.splice(left.findIndex(fits), left.some(fits) ? 1 : 0)[0];
  const kept = after.map((item) => take((number) => JSON.stringify(before[number]) === JSON.stringify(item)));
  after.forEach((item, number) => { kept[number] ??= take((other) => nameOf(item) && nameOf(before[other]) === nameOf(item)); });
  if (after.length === before.length) kept.forEach((other, number) => { kept[number] ??= take((free) => free === number); });
  list.items = after.map((item, number) => (kept[number] === undefined ? made(document, item, true) : list.items[kept[number]]));
  after.forEach((item, number) => {
    if (kept[number] !== undefined) change(document, [...way, number], before[kept[number]], item);
  });
}

const isGroup = (value) => Boolean(value) && typeof value === 'object' && !Array.isArray(value);

const nameOf = (item) => (isGroup(item) ? item.key ?? item.number ?? item.code : undefined);

/** Removes a key; what is said above the first key is said of the file, and stays. */
function remove(document, way) {
  const map = document.getIn(way.slice(0, -1), true) ?? document.contents;
  if (isMap(map) && map.items.length > 1 && map.items[0].key.value === way.at(-1)) {
    map.items[1].key.commentBefore ??= map.items[0].key.commentBefore;
  }
  document.deleteIn(way);
}

function styled(text, type) {
  if (text.includes('\n')) return Scalar.BLOCK_LITERAL;
  if (type === Scalar.BLOCK_LITERAL || type === Scalar.BLOCK_FOLDED) return Scalar.PLAIN;
  return NOTHING.test(text) ? Scalar.QUOTE_DOUBLE : type;
}

/** A new value, in the style of profiles: what is short and simple on one line. */
function made(document, value, isInner) {
  const node = document.createNode(opened(value));
  style(node, isInner);
  return node;
}

/** The value with something in its open places that is written as null. */
function opened(value) {
  if (value === null) return Object.assign(new Scalar('null'), { type: Scalar.PLAIN, isOpen: true });
  if (Array.isArray(value)) return value.map(opened);
  return isGroup(value) ? Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, opened(inner)])) : value;
}

function style(node, isInner) {
  if (node instanceof Scalar) {
    if (!node.isOpen) node.type = styled(`${node.value}`, Scalar.PLAIN);
    return true;
  }
  const inner = isMap(node) ? node.items.map((pair) => pair.value) : node.items;
  const simple = inner.map((one) => style(one, true)).every(Boolean) && inner.every((one) => one instanceof Scalar);
  node.flow = simple && JSON.stringify(node.toJSON()).length < 100 && (isInner || isSeq(node));
  return false;
}

const editor = globalThis.CMS;
if (editor) {
  editor.registerCustomFormat('guidegen-profile', 'yml', profile);
  editor.registerCustomFormat('guidegen-article', 'md', article);
  editor.init();
}
