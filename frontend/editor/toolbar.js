// The tool bar: one tab stop, arrows within it, Alt+F10 to it and Esc back to the text.
import { ask, back } from "./asking.js";
import { safeHref } from "./links.js";
import { askReference } from "./pictures.js";

const ACTS = {
  bold: [(chain) => chain.toggleBold(), "bold"],
  italic: [(chain) => chain.toggleItalic(), "italic"],
  heading3: [(chain) => chain.toggleHeading({ level: 3 }), "heading", { level: 3 }],
  heading4: [(chain) => chain.toggleHeading({ level: 4 }), "heading", { level: 4 }],
  bulletList: [(chain) => chain.toggleBulletList(), "bulletList"],
  orderedList: [(chain) => chain.toggleOrderedList(), "orderedList"],
  table: [(chain) => chain.insertTable({ rows: 3, cols: 3, withHeaderRow: true })],
  addRow: [(chain) => chain.addRowAfter()],
  deleteRow: [(chain) => chain.deleteRow()],
  addColumn: [(chain) => chain.addColumnAfter()],
  deleteColumn: [(chain) => chain.deleteColumn()],
  headRow: [(chain) => chain.toggleHeaderRow()],
  headColumn: [(chain) => chain.toggleHeaderColumn()],
  deleteTable: [(chain) => chain.deleteTable()],
  undo: [(chain) => chain.undo()],
  redo: [(chain) => chain.redo()],
};
const ASKS = { link: askLink, note: askNote, reference: askReference };
const SHOWN_BY = { picture: "figure" };

/** Wire the buttons that the page wrote: <button data-act="bold">, [data-in-table] around those for tables. */
export function wireToolbar(toolbar, editor, pictures) {
  const asks = { ...ASKS, picture: () => pictures.ask(editor) };
  const buttons = [...toolbar.querySelectorAll("[data-act]")];
  const inTable = toolbar.querySelector("[data-in-table]");
  const usable = () => buttons.filter((button) => !button.closest("[hidden]"));

  function stopAt(button) {
    for (const other of buttons) other.tabIndex = other === button ? 0 : -1;
  }

  function show() {
    inTable.hidden = !editor.isActive("table");
    for (const button of buttons) {
      const { act } = button.dataset;
      const [, name, attributes] = ACTS[act] ?? [null, SHOWN_BY[act] ?? act];
      if (name) button.setAttribute("aria-pressed", editor.isActive(name, attributes));
    }
    for (const name of ["undo", "redo"]) {
      toolbar.querySelector(`[data-act=${name}]`).setAttribute("aria-disabled", !editor.can()[name]());
    }
    if (!usable().some((button) => button.tabIndex === 0)) stopAt(usable()[0]);
  }

  toolbar.addEventListener("click", (event) => {
    const button = event.target.closest("[data-act]");
    if (!button) return;
    const { act } = button.dataset;
    stopAt(button);
    if (asks[act]) asks[act](editor);
    else back(editor, ACTS[act][0]);
  });

  toolbar.addEventListener("keydown", (event) => {
    const all = usable();
    const at = all.indexOf(document.activeElement);
    const to = {
      ArrowRight: all[(at + 1) % all.length],
      ArrowLeft: all.at(at - 1),
      Home: all[0],
      End: all.at(-1),
    }[event.key];
    if (to) {
      event.preventDefault();
      stopAt(to);
      to.focus();
    } else if (event.key === "Escape") {
      editor.view.focus();
    }
  });

  editor.view.dom.addEventListener("keydown", (event) => {
    if (!event.altKey || event.key !== "F10") return;
    event.preventDefault();
    usable().find((button) => button.tabIndex === 0).focus();
  });

  editor.on("transaction", show);
  toolbar.setAttribute("aria-controls", editor.view.dom.id);
  toolbar.hidden = false;
  show();
}

async function askLink(editor) {
  const { value, act } = await ask("link", editor.getAttributes("link").href, safeHref);
  const marks = [{ type: "link", attrs: { href: value } }];
  const bare = editor.state.selection.empty && !editor.isActive("link");
  back(editor, (chain) => {
    if (act === "remove") return chain.extendMarkRange("link").unsetLink();
    if (act !== "set") return chain;
    if (bare) return chain.insertContent({ type: "text", text: value, marks });
    return chain.extendMarkRange("link").setLink({ href: value });
  });
}

async function askNote(editor) {
  const chosen = editor.isActive("note");
  const { value, act } = await ask("note", editor.getAttributes("note").text, (text) => text.trim());
  back(editor, (chain) => {
    if (act === "remove") return chain.deleteSelection();
    if (act !== "set") return chain;
    if (chosen) return chain.updateAttributes("note", { text: value });
    return chain.insertContentAt(editor.state.selection.to, { type: "note", attrs: { text: value } });
  });
}
