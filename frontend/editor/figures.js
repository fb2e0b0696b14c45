// Pictures in the text and the places that speak of them: numbered by their order, as html.py numbers them.
import { Extension, Node } from "@tiptap/core";
import { Plugin } from "@tiptap/pm/state";
import { Decoration, DecorationSet } from "@tiptap/pm/view";

const SOURCE = /^\/files\/([1-9]\d{0,17})\/picture\/$/;

/** The file that a picture shows, as a reference names it. */
export const fileOf = (figure) => SOURCE.exec(figure.attrs.src)[1];

/** A picture of ours: `alt` says it to those who do not see it, its caption is typed below it. */
export const Figure = Node.create({
  name: "figure",
  group: "block",
  content: "inline*",
  isolating: true,
  draggable: true,
  addAttributes: () => ({
    src: { parseHTML: (element) => picture(element)?.getAttribute("src"), rendered: false },
    alt: { parseHTML: (element) => picture(element)?.getAttribute("alt")?.trim(), rendered: false },
  }),
  parseHTML: () => [
    {
      tag: "figure",
      getAttrs: (element) => (SOURCE.test(picture(element)?.getAttribute("src")) && picture(element).alt.trim() ? null : false),
      contentElement: (element) => element.querySelector("figcaption") ?? element.ownerDocument.createElement("p"),
    },
  ],
  renderHTML: ({ node }) => ["figure", ["img", { src: node.attrs.src, alt: node.attrs.alt }], ["figcaption", 0]],
  renderText: ({ node }) => `[${node.attrs.alt}]\n${node.textContent}`,
  addKeyboardShortcuts() {
    return { Enter: ({ editor }) => editor.isActive("figure") && below(editor) };
  },
});

const picture = (figure) => figure.querySelector("img");

/** The place behind the picture in which one stands, or which is selected as a whole. */
export const afterFigure = (selection) => (selection.node ? selection.to : selection.$from.after());

/** From a caption one goes on writing below the picture. */
function below(editor) {
  const { doc, selection } = editor.state;
  const after = afterFigure(selection);
  const chain = editor.chain();
  if (doc.nodeAt(after)?.type.name !== "paragraph") chain.insertContentAt(after, { type: "paragraph" });
  return chain.setTextSelection(after + 1).run();
}

/** Where the text speaks of a picture; what is shown is its number. */
export const Reference = Node.create({
  name: "reference",
  group: "inline",
  inline: true,
  atom: true,
  addAttributes: () => ({
    to: {
      parseHTML: (element) => element.dataset.figure,
      renderHTML: ({ to }) => ({ "data-figure": to }),
    },
  }),
  parseHTML: () => [{ tag: "a[data-figure]", priority: 60 }],
  renderHTML: ({ HTMLAttributes }) => ["a", HTMLAttributes],
  renderText: () => "x 1", // two words, as the name of a picture has
});

/** Shows the numbers; `name` is their pattern, "Figure {number}". */
export const Numbers = Extension.create({
  name: "numbers",
  addOptions: () => ({ name: "{number}" }),
  addProseMirrorPlugins() {
    const { name } = this.options;
    const draw = (doc) => DecorationSet.create(doc, [...numbered(doc, name)]);
    return [
      new Plugin({
        state: { init: (_, { doc }) => draw(doc), apply: (change, shown) => (change.docChanged ? draw(change.doc) : shown) },
        props: {
          decorations(state) {
            return this.getState(state);
          },
        },
      }),
    ];
  },
});

function* numbered(doc, name) {
  const named = (number) => name.replace("{number}", number);
  const numbers = new Map();
  const references = [];
  const found = [];
  doc.descendants((node, at) => {
    if (node.type.name === "figure") {
      found.push([node, at]);
      if (!numbers.has(fileOf(node))) numbers.set(fileOf(node), found.length);
    } else if (node.type.name === "reference") {
      references.push([node, at]);
    }
  });
  for (const [count, [node, at]] of found.entries()) {
    yield Decoration.node(at, at + node.nodeSize, { "data-name": `${named(count + 1)}.` });
  }
  for (const [node, at] of references) {
    yield Decoration.node(at, at + node.nodeSize, { "data-name": named(numbers.get(node.attrs.to) ?? "?") });
  }
}

/** The pictures of a text in order: {file, alt, number}. */
export function figuresIn(doc) {
  const figures = [];
  doc.descendants((node) => {
    if (node.type.name === "figure") figures.push({ file: fileOf(node), alt: node.attrs.alt, number: figures.length + 1 });
  });
  return figures;
}
