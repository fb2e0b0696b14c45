// What a tool asks before it acts: one dialog with one field, and the way back to the text.

/** Back to the text at once, Tiptap's own focus comes a frame later and misses the next key; then do it. */
export function back(editor, change) {
  editor.view.focus();
  change(editor.chain().scrollIntoView()).run();
}

/** Open <dialog data-ask=…>; resolves to what was typed and the button's value ("" when it was closed). */
export function ask(name, value, accepted, removable = Boolean(value)) {
  const dialog = document.querySelector(`dialog[data-ask=${name}]`);
  const field = dialog.querySelector("[data-answer]");
  const fault = dialog.querySelector(".invalid-feedback");
  const blame = (wrong) => {
    fault.hidden = !wrong;
    field.classList.toggle("is-invalid", wrong);
    field.setAttribute("aria-invalid", wrong);
  };
  field.value = value ?? "";
  dialog.querySelector("[value=remove]").hidden = !removable;
  dialog.returnValue = "";
  blame(false);
  dialog.showModal();

  const check = (event) => {
    if (event.submitter.value !== "set" || accepted(field.value)) return;
    event.preventDefault();
    blame(true);
    field.focus();
  };
  dialog.addEventListener("submit", check);
  return new Promise((resolve) => {
    dialog.addEventListener(
      "close",
      () => {
        dialog.removeEventListener("submit", check);
        resolve({ value: accepted(field.value), act: dialog.returnValue });
      },
      { once: true },
    );
  });
}
