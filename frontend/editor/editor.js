// A text section: Tiptap in place of its <textarea>.
import { createDocument, Editor, getHTMLFromFragment } from "@tiptap/core";
import { Fragment } from "@tiptap/pm/model";
import { announce } from "./announce.js";
import { cleanPaste } from "./paste.js";
import { Pictures } from "./pictures.js";
import { extensions } from "./schema.js";
import { wireToolbar } from "./toolbar.js";

/** Start the editor over the textarea. Returns a field as index.js describes it. */
export function textField(textarea) {
  const { label, picturesLeftOut, figureName } = textarea.dataset;
  const toolbar = textarea.form.querySelector("[data-editor-tools]");
  const described = [textarea.getAttribute("aria-describedby"), toolbar.getAttribute("aria-describedby")];
  const box = document.createElement("div");
  textarea.after(box);
  textarea.hidden = true;

  const pictures = new Pictures(textarea);
  const editor = new Editor({
    element: box,
    extensions: extensions({ figureName }),
    injectCSS: false,
    content: textarea.defaultValue,
    editorProps: {
      attributes: {
        id: `${textarea.name}-editor`,
        class: "edit plan-text",
        role: "textbox",
        "aria-multiline": "true",
        "aria-label": label,
        "aria-describedby": described.filter(Boolean).join(" "),
      },
      handlePaste: (view, event) => pictures.take(editor, event.clipboardData),
      handleDrop: (view, event, slice, moved) => {
        if (moved || !event.dataTransfer.files.length) return false;
        const at = view.posAtCoords({ left: event.clientX, top: event.clientY });
        if (at) editor.commands.setTextSelection(at.pos);
        return pictures.take(editor, event.dataTransfer);
      },
      transformPastedHTML: (html) => cleanPaste(html, { onPicture: () => announce(picturesLeftOut) }),
    },
  });
  for (const name of textarea.labels) name.addEventListener("click", () => editor.view.focus());
  wireToolbar(toolbar, editor, pictures);

  return {
    name: textarea.name,
    label,
    read: () => editor.getHTML().replace(/(<p><\/p>)+$/, ""),
    write: (html) => editor.commands.setContent(html, { emitUpdate: true }),
    blocks: (html) => blocksOf(html, editor.schema),
    join: (blocks) => blocks.join(""),
    show: (block) => {
      const shown = document.createElement("div");
      shown.innerHTML = block; // written by the schema, which knows no element that acts
      return shown;
    },
    focus: () => editor.view.focus(),
    onChange: (listener) => editor.on("update", listener),
    words: () => editor.getText({ blockSeparator: "\n" }),
  };
}

function blocksOf(html, schema) {
  const blocks = [];
  createDocument(html, schema).forEach((node) => {
    const block = getHTMLFromFragment(Fragment.from(node), schema);
    if (block !== "<p></p>") blocks.push(block);
  });
  return blocks;
}
