// How the web editor reads and writes files: every value is the text that was typed, as guidegen reads it ("no" is a word, 02101
// keeps its zero), and of a file only what somebody changed is written anew; comments and the rest stay as they are.
import { isMap, isSeq, parseDocument, Scalar } from 'yaml';

const KEPT = 'guidegen';
const READ = { schema: 'failsafe', keepSourceTokens: true };
const WRITTEN = { lineWidth: 0, flowCollectionPadding: false };
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
  const values = parseDocument(text, READ).toJS() ?? {};
  return { ...values, kind: kindOf(values), [KEPT]: text };
}

function written({ [KEPT]: before = '', kind: _, ...values }) {
  const document = parseDocument(before || '{}\n', READ);
  if (!isMap(document.contents) || !before) document.contents = document.createNode({});
  const old = full(document.toJS()) ?? {};
  const wanted = full(values) ?? {};
  if (JSON.stringify(old) === JSON.stringify(wanted)) return before;
  document.contents.flow = false;
  change(document, [], old, wanted);
  return document.toString({ ...WRITTEN, indentSeq: !/^- /m.test(before) });
}

/** The values without those that say nothing: a form leaves empty texts, lists and groups behind. */
function full(value) {
  if (Array.isArray(value)) {
    const items = value.map((item) => (item === null || item === '' ? 'null' : full(item)));
    return items.some((item) => item !== undefined && item !== 'null') ? items.filter((item) => item !== undefined) : undefined;
  }
  if (value && typeof value === 'object') {
    const pairs = Object.entries(value).map(([key, inner]) => [key, full(inner)]).filter(([, inner]) => inner !== undefined);
    return pairs.length ? Object.fromEntries(pairs) : undefined;
  }
  if (value === true || value === false) return value ? 'yes' : 'no';
  return value === undefined || value === null || NOTHING.test(`${value}`.trim()) ? undefined : `${value}`;
}

/** Changes in the document what differs between what it says and what it shall say. */
function change(document, way, before, after) {
  if (JSON.stringify(before) === JSON.stringify(after)) return;
  if (isGroup(before) && isGroup(after)) {
    const keys = new Set([...Object.keys(before), ...Object.keys(after)]);
    for (const key of keys) change(document, [...way, key], before[key], after[key]);
  } else if (Array.isArray(before) && Array.isArray(after) && before.length === after.length && isWhole(document, way, before)) {
    before.forEach((item, number) => change(document, [...way, number], item, after[number]));
  } else if (after === undefined) {
    document.deleteIn(way);
  } else {
    const here = way.length ? document.getIn(way, true) : undefined;
    if (here instanceof Scalar && typeof after === 'string') {
      here.value = after;
      here.type = styled(after, here.type);
    } else {
      document.setIn(way, made(document, after, way.length > 1));
    }
  }
}

const isGroup = (value) => Boolean(value) && typeof value === 'object' && !Array.isArray(value);

/** Whether a list stands in the file with as many items as it has here: none of them is left out for saying nothing. */
function isWhole(document, way, before) {
  const node = document.getIn(way, true);
  return isSeq(node) && node.items.length === before.length;
}

function styled(text, type) {
  if (text.includes('\n')) return Scalar.BLOCK_LITERAL;
  if (type === Scalar.BLOCK_LITERAL || type === Scalar.BLOCK_FOLDED) return Scalar.PLAIN;
  return NOTHING.test(text) ? Scalar.QUOTE_DOUBLE : type;
}

/** A new value, in the style of profiles: what is short and simple on one line. */
function made(document, value, isInner) {
  const node = document.createNode(value);
  style(node, isInner);
  return node;
}

function style(node, isInner) {
  if (node instanceof Scalar) {
    node.type = styled(`${node.value}`, Scalar.PLAIN);
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
