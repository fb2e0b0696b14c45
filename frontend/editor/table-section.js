// A section of rows: ordinary inputs, added, moved and removed by buttons, posted as one JSON list.
// Where the template names the rows ([data-given]), they stay where they are: a hidden input holds each name.
import { announce } from "./announce.js";

/** Take over a [data-table-section]. Returns a field as index.js describes it. */
export function tableField(section) {
  const posted = section.querySelector("textarea[name=rows]");
  const blank = section.querySelector("template[data-row]").content.firstElementChild;
  const undo = section.querySelector("[data-row-undo]");
  const body = section.querySelector("tbody");
  const keys = inputs(blank).map((input) => input.dataset.column);
  const given = "given" in section.dataset;
  const listeners = [];
  let removed = null;

  const changed = () => listeners.forEach((listener) => listener());
  const add = (values = {}) => {
    const row = blank.cloneNode(true);
    put(row, values);
    return body.appendChild(row);
  };
  /** What rows of this name hold, of two the first that says something. */
  const ofName = (rows, name) => {
    const same = rows.filter((values) => values[keys[0]] === name);
    return Object.fromEntries(keys.map((key) => [key, same.map((values) => values[key]).find(Boolean)]));
  };
  const spare = () => (given ? null : add());
  const rearranged = (row) => {
    [...body.rows].forEach((each, at) => {
      each.querySelector("[data-row-number]").textContent = at + 1;
    });
    if (row) inputs(row)[0].focus();
    changed();
  };

  /** What each button does; returns the row's new place for the sentence that the button says. */
  const acts = {
    up: (row, at) => {
      if (at > 0) body.insertBefore(row, body.rows[at - 1]);
      return Math.max(at, 1);
    },
    down: (row, at) => {
      body.insertBefore(row, body.rows[at + 2] ?? null);
      return row.sectionRowIndex + 1;
    },
    remove: (row, at) => {
      removed = { row, at };
      row.remove();
      undo.hidden = false;
      undo.focus();
      return at + 1;
    },
  };

  section.addEventListener("click", ({ target }) => {
    const button = target.closest("[data-row-act]");
    if (target.closest("[data-row-add]")) rearranged(add());
    if (target.closest("[data-row-undo]")) {
      body.insertBefore(removed.row, body.rows[removed.at] ?? null);
      undo.hidden = true;
      rearranged(removed.row);
    }
    if (button) {
      const row = button.closest("tr");
      const place = acts[button.dataset.rowAct](row, row.sectionRowIndex);
      button.focus(); // a moved element loses it
      rearranged();
      announce(button.dataset.said.replace("{number}", place));
    }
  });
  section.addEventListener("input", changed);
  section.addEventListener("paste", (event) => {
    const input = event.target.closest("[data-column]");
    const text = event.clipboardData.getData("text/plain");
    const severalCells = text.includes("\t") || (/\n./.test(text) && input?.localName !== "textarea");
    if (!input || !severalCells) return;
    event.preventDefault();
    spread(sheet(text), input, (at) => body.rows[at] ?? spare());
    if (given) changed();
    else rearranged();
  });

  posted.disabled = false; // without a script the inputs are posted one by one
  for (const input of [...inputs(body), ...inputs(blank)]) input.removeAttribute("name");
  for (const part of section.querySelectorAll("[data-scripted]")) part.hidden = false;

  return {
    name: posted.name,
    label: posted.dataset.label,
    read: () => JSON.stringify([...body.rows].map(valuesOf).filter((row) => Object.values(row).some(Boolean))),
    write: (json) => {
      const rows = JSON.parse(json);
      if (given) {
        for (const row of body.rows) put(row, ofName(rows, inputs(row)[0].value));
        return changed();
      }
      body.replaceChildren();
      rows.forEach(add);
      rearranged();
    },
    blocks: (json) => JSON.parse(json).map((row) => JSON.stringify(keys.map((key) => [key, row[key] ?? ""]))),
    join: (blocks) => JSON.stringify(blocks.map((block) => Object.fromEntries(JSON.parse(block)))),
    show: (block) => {
      const shown = document.createElement("p");
      const words = JSON.parse(block).map(([, value]) => value);
      shown.textContent = words.filter(Boolean).join(" · ");
      return shown;
    },
    focus: () => typed(body)[0]?.focus(),
    onChange: (listener) => listeners.push(listener),
  };
}

function inputs(part) {
  return [...part.querySelectorAll("[data-column]")];
}

/** Without the names of rows. */
function typed(part) {
  return inputs(part).filter((input) => input.type !== "hidden");
}

function put(row, values) {
  for (const input of typed(row)) fill(input, String(values[input.dataset.column] ?? ""));
}

function valuesOf(row) {
  return Object.fromEntries(inputs(row).map((input) => [input.dataset.column, input.value.trim()]));
}

/** A choice is met by its value or by the words that one reads. */
function fill(input, text) {
  const option = [...(input.options ?? [])].find(({ label }) => label === text);
  input.value = option?.value ?? text;
}

/** The cells of a copied sheet: tabs and lines, quotes around cells that hold lines themselves. */
function sheet(text) {
  const rows = [[]];
  for (const [, quoted, bare, end] of text.matchAll(/(?:"((?:[^"]|"")*)"|([^\t\r\n]*))(\t|\r?\n|$)/g)) {
    rows.at(-1).push((quoted?.replaceAll('""', '"') ?? bare).trim());
    if (end.endsWith("\n")) rows.push([]);
  }
  return rows.filter((row) => row.some(Boolean));
}

/** Fill the cells right of and below the input; `rowAt` gives a row, past the end a new one or none. */
function spread(cells, input, rowAt) {
  const row = input.closest("tr");
  const first = { row: row.sectionRowIndex, column: inputs(row).indexOf(input) };
  cells.forEach((line, down) => {
    const below = rowAt(first.row + down);
    const targets = below ? inputs(below).slice(first.column) : [];
    line.slice(0, targets.length).forEach((text, right) => fill(targets[right], text));
  });
}
