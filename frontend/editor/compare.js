// Two texts of one section side by side: nothing is overwritten before somebody has chosen.

/**
 * Open the panel. `fields` are those that differ, `mine` and `theirs` their values by name.
 * `heading` names the sentence to show, `values` fill it. Resolves to "mine", "theirs" or "both".
 */
export function choose(panel, { fields, mine, theirs, heading, values }) {
  for (const sentence of panel.querySelectorAll("[data-heading]")) {
    sentence.hidden = sentence.dataset.heading !== heading;
    for (const slot of sentence.querySelectorAll("[data-value]")) slot.textContent = values[slot.dataset.value];
  }
  const sides = { mine, theirs };
  for (const side of ["mine", "theirs"]) {
    const other = sides[side === "mine" ? "theirs" : "mine"];
    const shown = fields.map((field) => column(field, sides[side][field.name], other[field.name]));
    panel.querySelector(`[data-side=${side}]`).replaceChildren(...shown);
  }
  panel.hidden = false;
  return new Promise((resolve) => {
    panel.addEventListener("click", function chosen(event) {
      const button = event.target.closest("[data-take]");
      if (!button) return;
      panel.removeEventListener("click", chosen);
      panel.hidden = true;
      resolve(button.dataset.take);
    });
  });
}

function column(field, value, otherValue) {
  const others = new Set(field.blocks(otherValue));
  const text = document.createElement("div");
  const title = document.createElement("p");
  title.className = "small strong";
  title.textContent = field.label;
  text.append(title);
  for (const block of field.blocks(value)) {
    const shown = field.show(block);
    shown.className = others.has(block) ? "plan-text" : "plan-text only-here";
    text.append(shown);
  }
  return text;
}

/** Mine, with each block that only they have put where they have it. Repeats of a block count. */
export function merge(mine, theirs) {
  const merged = [...mine];
  let at = 0;
  for (const block of theirs) {
    const found = merged.indexOf(block, at);
    if (found === -1) merged.splice(at++, 0, block);
    else at = found + 1;
  }
  return merged;
}
