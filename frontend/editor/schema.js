// What a section may hold: the same list as documents/reports/html.py, so that nothing is lost between the two.
import { Node } from "@tiptap/core";
import { Blockquote } from "@tiptap/extension-blockquote";
import { Bold } from "@tiptap/extension-bold";
import { Document } from "@tiptap/extension-document";
import { HardBreak } from "@tiptap/extension-hard-break";
import { Heading } from "@tiptap/extension-heading";
import { Italic } from "@tiptap/extension-italic";
import { Link } from "@tiptap/extension-link";
import { BulletList, ListItem, ListKeymap, OrderedList } from "@tiptap/extension-list";
import { Paragraph } from "@tiptap/extension-paragraph";
import { Table, TableCell, TableHeader, TableRow } from "@tiptap/extension-table";
import { Text } from "@tiptap/extension-text";
import { Gapcursor, TrailingNode, UndoRedo } from "@tiptap/extensions";
import { Figure, Numbers, Reference } from "./figures.js";
import { safeHref } from "./links.js";

/** A footnote: its words ride in the mark, the print sets them at the foot of the page. */
const Note = Node.create({
  name: "note",
  group: "inline",
  inline: true,
  atom: true,
  addAttributes: () => ({
    text: {
      default: "",
      parseHTML: (element) => element.dataset.note,
      renderHTML: ({ text }) => ({ "data-note": text }),
    },
  }),
  parseHTML: () => [{ tag: "sup[data-note]" }],
  renderHTML: ({ HTMLAttributes }) => ["sup", HTMLAttributes],
  // While one writes, the mark says its words to who does not see it.
  addNodeView:
    () =>
    ({ node, HTMLAttributes }) => {
      const dom = document.createElement("sup");
      for (const [name, value] of Object.entries(HTMLAttributes)) dom.setAttribute(name, value);
      dom.setAttribute("role", "note");
      dom.setAttribute("aria-label", node.attrs.text);
      return { dom };
    },
  renderText: ({ node }) => ` [${node.attrs.text}]`,
});

/** The page has its h1 and h2 already; deeper levels than two nobody can follow in print. */
const Subheading = Heading.extend({
  parseHTML: () =>
    ["h1", "h2", "h3", "h4", "h5", "h6"].map((tag) => ({ tag, attrs: { level: tag < "h4" ? 3 : 4 } })),
}).configure({ levels: [3, 4] });

const PlainLink = Link.extend({
  addAttributes: () => ({
    href: {
      default: null,
      parseHTML: (element) => safeHref(element.getAttribute("href")),
      renderHTML: ({ href }) => ({ href: safeHref(href) }),
    },
  }),
}).configure({
  openOnClick: false,
  defaultProtocol: "https",
  HTMLAttributes: { target: null, rel: null },
  isAllowedUri: (address) => safeHref(address) !== null,
});

/** Tiptap writes widths into style attributes and adds a row at every Tab; the policy and the keyboard forbid both. */
const PlainTable = Table.extend({
  addNodeView: null,
  renderHTML: () => ["table", ["tbody", 0]],
  addKeyboardShortcuts() {
    return {
      ...this.parent(),
      Tab: () => this.editor.commands.goToNextCell(),
    };
  },
});

const cell = {
  content: "(paragraph | bulletList | orderedList | figure)+",
  addAttributes: () => ({
    colspan: { default: 1 },
    rowspan: { default: 1 },
    colwidth: { default: null, parseHTML: () => null, rendered: false },
  }),
};

/** `figureName` is how a picture is called, "Figure {number}". */
export const extensions = ({ figureName }) => [
  Document,
  Paragraph,
  Text,
  Bold,
  Italic,
  HardBreak,
  Subheading,
  Blockquote,
  BulletList,
  OrderedList,
  ListItem,
  ListKeymap,
  PlainLink,
  Note,
  Figure,
  Reference,
  Numbers.configure({ name: figureName }),
  PlainTable,
  TableRow,
  TableHeader.extend(cell),
  TableCell.extend(cell),
  UndoRedo,
  Gapcursor,
  TrailingNode,
];
