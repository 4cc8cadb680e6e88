// The file formats of the web editor. Every value is the text that was typed, as guidegen reads it ("no" is a word, 02101 keeps
// its zero). Only the values that somebody changed are written; comments and all other lines stay as they are.
import { isMap, isSeq, parseDocument, Scalar, visit } from 'yaml';

/** The key under which a form keeps the text of its file. */
const SOURCE = 'guidegen';
/** What the two fields that name a new translation hold for one that exists. They are only in the form. */
const THIS_FILE = 'this file';
const PARSE_OPTIONS = { schema: 'failsafe', keepSourceTokens: true };
const WRITE_OPTIONS = { lineWidth: 0, flowCollectionPadding: false };
const INVISIBLE = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\ufeff\ufffe\uffff]/g;
/** Fields that are a list or a single value. Forms always show a list. A test compares these names with the field table. */
export const MAY_BE_ONE = ['at', 'closed', 'closed_on', 'cost', 'dates', 'day_of_month', 'names', 'postal_codes'];
const EMPTY = /^(|~|null|Null|NULL)$/;

/** The format of a profile or a translation: its values, its kind and the text of the file. */
export const profile = {
  fromFile: (text) => parseFile(text, (values) => ('name' in values ? 'profile' : 'translation')),
  toFile: writeFile,
};

/** Return a format of Markdown files: the values of their front matter, and their text as `body`. */
const createMarkdownFormat = (kindOf) => ({
  fromFile(text) {
    const [frontMatter, body] = splitFrontMatter(text);
    return { ...parseFile(frontMatter, kindOf), body };
  },
  toFile({ body, ...values }) {
    return `---\n${writeFile(values)}---\n${body ?? ''}`;
  },
});
export const article = createMarkdownFormat((values) => ('date' in values ? 'article' : 'translation'));
export const page = createMarkdownFormat((values) => ('translation' in values || 'translated_from' in values ? 'translation' : 'page'));

function splitFrontMatter(text) {
  const match = /^\ufeff?---[ \t]*\r?\n([\s\S]*?\n|)---[ \t]*(?:\r?\n|$)([\s\S]*)$/.exec(text);
  return match ? [match[1], match[2]] : ['', text];
}

function parseFile(text, kindOf) {
  const document = parseDocument(text, PARSE_OPTIONS);
  const values = document.errors.length ? {} : readValues(document);
  const name = document.errors.length ? { name: 'A file with a mistake', summary: document.errors[0].message } : {};
  const kind = kindOf({ ...name, ...values });
  const place = kind === 'translation' ? { of: THIS_FILE, into: THIS_FILE } : {};
  return { ...name, ...toLists(values), ...place, kind, [SOURCE]: text };
}

/** Return the values with each single value that forms show as a list in a list. */
function toLists(value, key = '') {
  if (Array.isArray(value)) return value.map((item) => toLists(item));
  const entry = isGroup(value) ? Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, toLists(inner, name)])) : value;
  return MAY_BE_ONE.includes(key) && entry !== null ? [entry] : entry;
}

/** Return the values of a form with a single value in place of each list of one, where the file has a single value. */
function toSingles(value, before, key = '') {
  if (Array.isArray(value) && value.length === 1 && MAY_BE_ONE.includes(key) && before !== undefined && !Array.isArray(before)) return toSingles(value[0], before);
  if (Array.isArray(value)) return value.map((item, number) => toSingles(item, before?.find?.((other) => nameOf(other) && nameOf(other) === nameOf(item)) ?? before?.[number]));
  return isGroup(value) ? Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, toSingles(inner, before?.[name], name)])) : value;
}

/** Return the values of a document: texts, and null for each empty place of a list. */
function readValues(document) {
  const copy = document.clone();
  visit(copy, { Scalar: (_, node) => void (node.type === Scalar.PLAIN && EMPTY.test(node.value) && (node.value = null)) });
  return copy.toJS() ?? {};
}

function writeFile({ [SOURCE]: source = '', kind: _kind, of: _of, into: _into, ...values }) {
  const document = parseDocument(source || '{}\n', PARSE_OPTIONS);
  if (document.errors.length) throw new Error(`This file has a mistake, so it is not changed. ${document.errors[0].message}`);
  if (!isMap(document.contents) || !source) document.contents = document.createNode({});
  const before = removeEmpty(readValues(document)) ?? {};
  const after = removeEmpty(toSingles(values, before)) ?? {};
  if (JSON.stringify(before) === JSON.stringify(after)) return source;
  document.contents.flow = false;
  updateNode(document, [], before, after);
  const text = document.toString({ ...WRITE_OPTIONS, indentSeq: !/^- /m.test(source) });
  return source.includes('\r\n') ? text.replace(/\r?\n/g, '\r\n') : text;
}

/** Return the values without the empty texts, lists and groups that a form leaves behind. An empty item of a list becomes null. */
function removeEmpty(value) {
  if (Array.isArray(value)) {
    const items = value.map((item) => removeEmpty(item) ?? null);
    return items.some((item) => item !== null) ? items : undefined;
  }
  if (value && typeof value === 'object') {
    const pairs = Object.entries(value).map(([key, inner]) => [key, removeEmpty(inner)]).filter(([, inner]) => inner !== undefined);
    return pairs.length ? Object.fromEntries(pairs) : undefined;
  }
  if (value === true || value === false) return value ? 'yes' : 'no';
  if (value === undefined || value === null) return undefined;
  const text = `${value}`.replace(/[\u0085\u2028\u2029]/g, '\n').replace(INVISIBLE, '');
  return EMPTY.test(text.trim()) ? undefined : text;
}

/** Update the node at a path of the document, only where its value differs. */
function updateNode(document, path, before, after) {
  if (JSON.stringify(before) === JSON.stringify(after)) return;
  const node = path.length ? document.getIn(path, true) : document.contents;
  if (isGroup(before) && isGroup(after)) {
    const keys = new Set([...Object.keys(before), ...Object.keys(after)]);
    for (const key of keys) updateNode(document, [...path, key], before[key], after[key]);
  } else if (Array.isArray(before) && Array.isArray(after) && isSeq(node) && node.items.length === before.length) {
    updateList(document, path, node, before, after);
  } else if (after === undefined) {
    removeKey(document, path);
  } else if (node instanceof Scalar && typeof after === 'string') {
    node.value = after;
    node.type = chooseStyle(after, node.type);
  } else {
    document.setIn(path, createNode(document, after, path.length > 1));
  }
}

/** Update a list. Items that are still in it keep their nodes, with comments; others are created or removed. */
function updateList(document, path, list, before, after) {
  const unused = before.map((_, number) => number);
  const take = (isMatch) => unused.splice(unused.findIndex(isMatch), unused.some(isMatch) ? 1 : 0)[0];
  const sources = after.map((item) => take((number) => JSON.stringify(before[number]) === JSON.stringify(item)));
  after.forEach((item, number) => { sources[number] ??= take((other) => nameOf(item) && nameOf(before[other]) === nameOf(item)); });
  if (after.length === before.length) sources.forEach((_, number) => { sources[number] ??= take((other) => other === number); });
  list.items = after.map((item, number) => (sources[number] === undefined ? createNode(document, item, true) : list.items[sources[number]]));
  after.forEach((item, number) => {
    if (sources[number] !== undefined) updateNode(document, [...path, number], before[sources[number]], item);
  });
}

const isGroup = (value) => Boolean(value) && typeof value === 'object' && !Array.isArray(value);

const nameOf = (item) => (isGroup(item) ? item.key ?? item.number ?? item.code : undefined);

/** Remove a key. A comment above the first key is about the whole file, so it stays. */
function removeKey(document, path) {
  const map = document.getIn(path.slice(0, -1), true) ?? document.contents;
  if (isMap(map) && map.items.length > 1 && map.items[0].key.value === path.at(-1)) {
    map.items[1].key.commentBefore ??= map.items[0].key.commentBefore;
  }
  document.deleteIn(path);
}

function chooseStyle(text, type) {
  if (text.includes('\n')) return Scalar.BLOCK_LITERAL;
  if (type === Scalar.BLOCK_LITERAL || type === Scalar.BLOCK_FOLDED) return Scalar.PLAIN;
  return EMPTY.test(text) ? Scalar.QUOTE_DOUBLE : type;
}

/** Return a node for a new value in the style of profiles: short lists and groups of texts are on one line. */
function createNode(document, value, isInner) {
  const node = document.createNode(replaceNulls(value));
  setStyle(node, isInner);
  return node;
}

/** Return a value with each null replaced by a scalar that is written as null. */
function replaceNulls(value) {
  if (value === null) return Object.assign(new Scalar('null'), { type: Scalar.PLAIN, isNull: true });
  if (Array.isArray(value)) return value.map(replaceNulls);
  return isGroup(value) ? Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, replaceNulls(inner)])) : value;
}

/** Set the style of a node; return whether it is a scalar. */
function setStyle(node, isInner) {
  if (node instanceof Scalar) {
    if (!node.isNull) node.type = chooseStyle(`${node.value}`, Scalar.PLAIN);
    return true;
  }
  const inner = isMap(node) ? node.items.map((pair) => pair.value) : node.items;
  const isSimple = inner.map((child) => setStyle(child, true)).every(Boolean) && inner.every((child) => child instanceof Scalar);
  node.flow = isSimple && JSON.stringify(node.toJSON()).length < 100 && (isInner || isSeq(node));
  return false;
}

const editor = globalThis.CMS;
if (editor) {
  editor.registerCustomFormat('guidegen-profile', 'yml', profile);
  editor.registerCustomFormat('guidegen-article', 'md', article);
  editor.registerCustomFormat('guidegen-page', 'md', page);
  // Its own message repeats the label before ours, in capitals.
  const words = editor.getLocale?.('en');
  if (words) editor.registerLocale('en', Object.assign(words, { editor: { ...words.editor, editorControlPane: { ...words.editor.editorControlPane, widget: { ...words.editor.editorControlPane.widget, regexPattern: '%{pattern}' } } } }));
  editor.init();
}
