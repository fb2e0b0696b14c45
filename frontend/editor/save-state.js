// The one fixed place that says whether the words are safe.

let shown = "";

/** Show a state by its <template data-save-state-of=…>; {name} in a [data-fill] takes the value of that name. */
export function say(state, values = {}) {
  const place = document.querySelector("[data-save-state]");
  const template = document.querySelector(`template[data-save-state-of=${state}]`);
  const words = template.content.cloneNode(true);
  for (const element of words.querySelectorAll("[data-fill]")) {
    element.textContent = element.textContent.replace(/\{(\w+)\}/g, (_, name) => values[name] ?? "");
  }
  if (words.textContent === shown) return; // said already: a screen reader need not repeat it
  shown = words.textContent;
  place.className = `savebar ${template.dataset.tone}`;
  place.replaceChildren(words);
}
