// Pictures come in by the tool bar, by drop or by paste; none goes into the text without words for who does not see it.
import { announce } from "./announce.js";
import { ask, back } from "./asking.js";
import { afterFigure, figuresIn } from "./figures.js";

const PATIENCE = 60_000;

/** Where pictures may be inserted, `textarea.dataset.pictures` says where they are sent. */
export class Pictures {
  constructor(textarea) {
    this.form = textarea.form;
    this.told = textarea.dataset;
  }

  /** The tool bar's button: a new picture, or the words of the one in which one stands. */
  async ask(editor) {
    if (!editor.isActive("figure")) return this.insert(editor);
    const { value, act } = await ask("picture-words", editor.getAttributes("figure").alt, spaced);
    back(editor, (chain) => {
      if (act === "remove") return chain.deleteNode("figure");
      return act === "set" ? chain.updateAttributes("figure", { alt: value }) : chain;
    });
  }

  async insert(editor, file = null) {
    const dialog = document.querySelector("dialog[data-ask=picture]");
    const inserted = await this.askForWords(dialog, file);
    const { selection } = editor.state;
    back(editor, (chain) => {
      if (!inserted) return chain;
      if (editor.isActive("figure")) return chain.insertContentAt(afterFigure(selection), inserted);
      return chain.insertContent(inserted);
    });
  }

  /** Resolves to the node for the text once the server keeps the picture; to null when the dialog was closed. */
  askForWords(dialog, given) {
    const { file, words, caption } = dialog.querySelector("form").elements;
    const fault = dialog.querySelector("[data-fault]");
    const blame = (message, field) => {
      fault.hidden = !message;
      fault.querySelector("[data-text]").textContent = message;
      for (const each of [file, words]) each.setAttribute("aria-invalid", each === field);
      field?.focus();
    };
    dialog.querySelector("form").reset();
    dialog.querySelector("[data-choose]").hidden = Boolean(given);
    dialog.querySelector("[data-chosen]").textContent = given?.name ?? "";
    blame("");
    dialog.returnValue = "";
    dialog.showModal();
    (given ? words : file).focus();

    return new Promise((resolve) => {
      let node = null;
      const submit = async (event) => {
        event.preventDefault();
        const picture = given ?? file.files[0];
        const alt = spaced(words.value);
        if (!picture) return blame(dialog.dataset.noFile, file);
        if (!alt) return blame(dialog.dataset.noWords, words);
        if (dialog.ariaBusy === "true") return;
        dialog.ariaBusy = "true";
        const answer = await this.send(picture);
        dialog.ariaBusy = "false";
        if (!answer.src) return blame(answer.message ?? dialog.dataset.failed, given ? words : file);
        const said = spaced(caption.value);
        node = {
          type: "figure",
          attrs: { src: answer.src, alt },
          content: said ? [{ type: "text", text: said }] : [],
        };
        dialog.close();
      };
      dialog.addEventListener("submit", submit);
      dialog.addEventListener(
        "close",
        () => {
          dialog.removeEventListener("submit", submit);
          resolve(node);
        },
        { once: true },
      );
    });
  }

  async send(picture) {
    const body = new FormData();
    body.append("file", picture);
    body.append("whole", "1");
    body.append("csrfmiddlewaretoken", this.form.elements.csrfmiddlewaretoken.value);
    try {
      const response = await fetch(this.told.pictures, {
        method: "POST",
        body,
        headers: { Accept: "application/json", "X-Requested-With": "fetch" },
        signal: AbortSignal.timeout(PATIENCE),
      });
      if (response.status === 401) document.dispatchEvent(new CustomEvent("session-check"));
      return await response.json();
    } catch {
      return {};
    }
  }

  /** Dropped or pasted files: true when they were pictures and are dealt with here. */
  take(editor, transfer) {
    const words = transfer.getData("text/html").replace(/<[^>]*>/g, "").trim() || transfer.getData("text/plain").trim();
    const files = [...transfer.files].filter(({ type }) => type.startsWith("image/"));
    if (!files.length || words) return false; // Word and Excel lay a picture of their words beside them
    if (!this.told.pictures) announce(this.told.picturesLeftOut);
    else files.reduce((before, file) => before.then(() => this.insert(editor, file)), Promise.resolve());
    return true;
  }
}

/** The tool bar's button: the number of a picture where the text speaks of it. */
export async function askReference(editor) {
  const figures = figuresIn(editor.state.doc);
  const select = document.querySelector("dialog[data-ask=reference] select");
  if (!figures.length) return announce(select.dataset.none);
  select.replaceChildren(
    ...figures.map(({ file, alt, number }) => new Option(`${select.dataset.name.replace("{number}", number)}: ${alt}`, file)),
  );
  const chosen = editor.isActive("reference");
  const { value, act } = await ask("reference", chosen ? editor.getAttributes("reference").to : figures[0].file, (to) => to, chosen);
  back(editor, (chain) => {
    if (act === "remove") return chain.deleteSelection();
    if (act !== "set") return chain;
    if (chosen) return chain.updateAttributes("reference", { to: value });
    return chain.insertContentAt(editor.state.selection.to, { type: "reference", attrs: { to: value } });
  });
}

const spaced = (text) => text.replace(/\s+/g, " ").trim();
