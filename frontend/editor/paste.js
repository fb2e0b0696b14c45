// What Word, Excel, LibreOffice and Google Docs put on the clipboard, reduced to what a section may hold.
// Under the page's policy a parsed style="…" or onclick="…" is a violation: renamed while still a string.
import { safeHref } from "./links.js";

const TAG = /<[a-z](?:[^>"']|"[^"]*"|'[^']*')*>/gi;
const KEPT = new Set(["href", "colspan", "rowspan", "start", "data-note"]);
const NOTE_MARK = /#(?:_(ftn|edn)(\d+)|sd(footnote|endnote)(\d+)sym)$/;
const UNSEEN = [
  "del, script, noscript, title, col, colgroup",
  "[data-s*='display:none'], [data-s*='mso-hide:all']",
  "[data-s*='mso-element:comment'], [data-s*='mso-special-character:comment'], .MsoCommentReference",
].join();

/** Clipboard HTML in, HTML of the section's own elements out. `onPicture` hears that pictures were left out. */
export function cleanPaste(html, { onPicture }) {
  const plain = harmless(html);
  if (plain.includes(" data-pm-slice=")) return plain; // copied within an editor: already of our form
  const { body } = new DOMParser().parseFromString(plain, "text/html");
  for (const element of body.querySelectorAll("[data-s]")) element.dataset.s = compact(element.dataset.s);
  if (removePictures(body)) onPicture();
  wordLists(body);
  footnotes(body);
  for (const element of body.querySelectorAll(UNSEEN)) element.remove();
  raisedFigures(body);
  for (const table of body.querySelectorAll("table")) heads(table);
  marks(body);
  for (const element of [...body.querySelectorAll("*")].filter(isSpacer)) element.remove();
  for (const element of body.querySelectorAll("*")) keepAttributes(element);
  return body.innerHTML;
}

function harmless(html) {
  return html
    .replace(/<!--[\s\S]*?-->|<!\[[^>]*>/g, "")
    .replace(/<(style|xml)\b[\s\S]*?<\/\1>/gi, "")
    .replace(TAG, (tag) => tag.replace(/([\s/"'])(?:style|(on\w+))\s*=/gi, (_, before, acts) => `${before}data-${acts ? "x" : "s"}=`));
}

function compact(style) {
  return style.replace(/\s*([:;])\s*/g, "$1").replace(/\s+/g, " ");
}

/** A pasted picture sits on the writer's own disk or inside the text; neither is kept with the text: each is inserted by itself. */
function removePictures(body) {
  const pictures = body.querySelectorAll("img, picture, svg, object, v\\:shape, v\\:imagedata");
  for (const picture of pictures) picture.remove();
  return pictures.length > 0;
}

/** Word has no lists, only paragraphs with a style and a typed bullet. */
function wordLists(body) {
  let open = []; // the lists around the last item, outermost first
  for (const item of body.querySelectorAll("[data-s*='mso-list:l']")) {
    const marker = item.querySelector("[data-s*='mso-list:Ignore']");
    const sign = marker?.textContent.trim() ?? "";
    marker?.remove();
    if (item.matches("h1, h2, h3, h4, h5, h6, li")) continue;
    if (!open.length || item.previousElementSibling !== open[0]) open = [];
    const level = Number(/level(\d)/.exec(item.dataset.s)?.[1] ?? 1);
    const kind = /^\(?[\p{L}\d]{1,5}[.)]/u.test(sign) ? "ol" : "ul";
    open.length = Math.min(open.length, level);
    if (open.length === level && open.at(-1).localName !== kind) open.pop();
    while (open.length < level) open.push(newList(kind, open.at(-1), item));
    const entry = body.ownerDocument.createElement("li");
    item.removeAttribute("data-s");
    open.at(-1).append(entry);
    entry.append(item);
  }
}

function newList(kind, outer, item) {
  const list = item.ownerDocument.createElement(kind);
  if (!outer) {
    item.before(list);
    return list;
  }
  if (!outer.lastElementChild) outer.append(item.ownerDocument.createElement("li"));
  outer.lastElementChild.append(list);
  return list;
}

/** The mark in the text takes the words from the foot of the document. */
function footnotes(body) {
  const feet = new Set();
  for (const mark of body.querySelectorAll("a[href]")) {
    const [, word, wordNumber, writer, writerNumber] = NOTE_MARK.exec(mark.getAttribute("href")) ?? [];
    const id = word ? word + wordNumber : `sd${writer}${writerNumber}`;
    const foot = (word || writer) && body.querySelector(`#${id}`);
    if (!foot) continue;
    foot.querySelector("a[href]")?.remove(); // the way back to the mark
    const note = body.ownerDocument.createElement("sup");
    note.dataset.note = foot.textContent.replace(/\s+/g, " ").trim();
    mark.replaceWith(note);
    feet.add(foot);
  }
  for (const foot of feet) foot.remove();
  for (const list of body.querySelectorAll("[data-s*='footnote-list'], [data-s*='endnote-list']")) list.remove();
}

/** m² and km² keep their sense as letters of their own. */
function raisedFigures(body) {
  for (const raised of body.querySelectorAll("sup:not([data-note])")) {
    if (/^\d{1,2}$/.test(raised.textContent)) {
      raised.replaceWith([...raised.textContent].map((figure) => "⁰¹²³⁴⁵⁶⁷⁸⁹"[figure]).join(""));
    }
  }
}

/** Weight and slope that stand in styles become marks; marks that a style takes back, or a head repeats, go. */
function marks(body) {
  for (const bold of body.querySelectorAll("b, strong")) {
    const takenBack = /(^|;)font-weight:normal/.test(bold.dataset.s);
    if (takenBack || bold.closest("h1, h2, h3, h4, h5, h6, th")) bold.replaceWith(...bold.childNodes);
  }
  for (const span of body.querySelectorAll("span[data-s]")) {
    const style = span.dataset.s;
    if (/font-style:italic/.test(style)) wrapInside(span, "em");
    if (/font-weight:(bold|[6-9]00)/.test(style)) wrapInside(span, "strong");
  }
}

function wrapInside(element, tag) {
  const mark = element.ownerDocument.createElement(tag);
  mark.append(...element.childNodes);
  element.append(mark);
}

/** Every table has head cells: those that it says, else its first row. A single cell is no table. */
function heads(table) {
  for (const caption of table.querySelectorAll("caption")) {
    const line = table.ownerDocument.createElement("p");
    line.append(...caption.childNodes);
    table.before(line);
    caption.remove();
  }
  const cells = table.querySelectorAll("td, th");
  if (cells.length === 1) {
    table.replaceWith(...cells[0].childNodes);
    return;
  }
  const said = table.querySelectorAll("thead td");
  const first = table.querySelector("th") ? [] : table.querySelectorAll("tr:first-child > td");
  for (const cell of said.length ? said : first) {
    const head = table.ownerDocument.createElement("th");
    for (const name of ["colspan", "rowspan"]) {
      if (cell.hasAttribute(name)) head.setAttribute(name, cell.getAttribute(name));
    }
    head.append(...cell.childNodes);
    cell.replaceWith(head);
  }
}

function isSpacer(element) {
  return element.matches("p, h1, h2, h3, h4, h5, h6, div, o\\:p") && !element.textContent.trim() &&
    !element.querySelector("table, [data-note]");
}

function keepAttributes(element) {
  for (const { name } of [...element.attributes]) if (!KEPT.has(name)) element.removeAttribute(name);
  if (element.localName === "a" && !safeHref(element.getAttribute("href"))) {
    element.replaceWith(...element.childNodes);
  }
}
