/** A plain <textarea> of the form, such as the answer to a remark. */
export function plainField(textarea) {
  return {
    name: textarea.name,
    label: textarea.dataset.label,
    read: () => textarea.value,
    write: (text) => {
      textarea.value = text;
    },
    blocks: (text) => text.split(/\r?\n/).filter((line) => line.trim()),
    join: (lines) => lines.join("\n"),
    show: (line) => {
      const shown = document.createElement("p");
      shown.textContent = line;
      return shown;
    },
    focus: () => textarea.focus(),
    onChange: (listener) => textarea.addEventListener("input", listener),
  };
}
