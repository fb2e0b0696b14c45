// Comments beside a section: @ offers the members of the group, and what is selected in the text can be quoted.
const LONGEST_QUOTE = 300;
let selected = "";
let at = -1; // which member is marked in the list

document.addEventListener("selectionchange", () => {
  const selection = getSelection();
  const place = selection.anchorNode?.parentElement?.closest(".plan-text");
  const words = selection.toString().replace(/\s+/g, " ").trim();
  if (place && words) selected = words.slice(0, LONGEST_QUOTE);
  for (const button of document.querySelectorAll("[data-quote-take]")) button.hidden = !selected;
});

document.addEventListener("click", (event) => {
  if (event.target.closest("[data-quote-take]")) {
    const field = event.target.closest("form").querySelector("[data-quote]");
    field.value = selected;
    field.focus();
  }
});

// What is swapped keeps what is typed: of the form that was sent it goes, of the others it stays.
document.addEventListener("htmx:before:swap", ({ detail: { ctx } }) => {
  if (ctx.target?.id === "comments" && ctx.response.status < 400) ctx.sourceElement.reset();
});

document.addEventListener("htmx:after:swap", () => {
  for (const reply of document.querySelectorAll("#comments details:has(textarea)")) {
    reply.open ||= reply.querySelector("textarea").value !== "";
  }
});

document.addEventListener("input", ({ target }) => {
  if (target.matches?.("[data-mentions]")) offer(target);
});

document.addEventListener("focusout", ({ target }) => {
  if (target.matches?.("[data-mentions]")) close(target);
});

document.addEventListener("mousedown", (event) => {
  const option = event.target.closest("#mention-list [role=option]");
  if (!option) return;
  event.preventDefault(); // the field keeps the focus
  take(document.activeElement, option);
});

document.addEventListener("keydown", (event) => {
  const field = event.target;
  if (!field.matches?.("[data-mentions]") || list()?.hidden !== false) return;
  const options = offered();
  const steps = { ArrowDown: 1, ArrowUp: -1 };
  if (event.key in steps) mark(field, options, (at + steps[event.key] + options.length) % options.length);
  else if (event.key === "Enter" || event.key === "Tab") take(field, options[at]);
  else if (event.key === "Escape") close(field);
  else return;
  event.preventDefault();
});

const list = () => document.querySelector("#mention-list");
const offered = () => [...(list()?.children ?? [])].filter(({ hidden }) => !hidden);

/** What is typed after the last @ before the caret, or null. */
function begun(field) {
  return /(?:^|\s)@([\p{L} .'’-]{0,40})$/u.exec(field.value.slice(0, field.selectionStart))?.[1] ?? null;
}

function offer(field) {
  if (!list()) return;
  const typed = begun(field)?.toLocaleLowerCase("tr");
  for (const option of list().children) {
    const name = option.dataset.name.toLocaleLowerCase("tr");
    option.hidden = typed === undefined || !(name.startsWith(typed) || name.includes(` ${typed}`)) || name === typed;
  }
  const options = offered();
  if (!options.length) return close(field);
  field.after(list());
  list().hidden = false;
  field.setAttribute("aria-controls", "mention-list");
  mark(field, options, 0);
}

function mark(field, options, place) {
  at = place;
  options.forEach((option, index) => option.setAttribute("aria-selected", index === at));
  field.setAttribute("aria-activedescendant", options[at].id);
  options[at].scrollIntoView({ block: "nearest" });
}

function take(field, option) {
  const typed = begun(field);
  if (typed === null) return close(field); // the caret has left the name meanwhile
  const caret = field.selectionStart;
  field.setRangeText(`${option.dataset.name} `, caret - typed.length, caret, "end");
  close(field);
}

function close(field) {
  if (list()) list().hidden = true;
  field.removeAttribute("aria-activedescendant");
}
