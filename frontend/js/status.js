// The one live region: toasts for what was done, a note for what failed.

const TOAST_MS = 8000;

/** Say one sentence in the status region; it leaves by itself. */
export function announce(text) {
  if (text) show(text, "toast");
}

/** Say what failed; it stays until it is closed, since an error must not be missed. Said again, it stands once. */
export function fail(text) {
  const region = document.querySelector("#status");
  const said = text || region.dataset.failed;
  for (const note of region.querySelectorAll(".fault-x")) {
    if (note.querySelector("[data-text]").textContent === said) note.remove();
  }
  show(said, "fault");
}

function show(text, kind) {
  const region = document.querySelector("#status");
  const note = document.querySelector(`#${kind}-template`).content.firstElementChild.cloneNode(true);
  note.querySelector("[data-text]").textContent = text;
  region.append(note);
  if (kind === "toast") leave(note);
}

function leave(toast) {
  setTimeout(() => {
    if (toast.matches(":hover, :focus-within")) leave(toast);
    else toast.remove();
  }, TOAST_MS);
}

document.querySelectorAll("#status [data-toast]").forEach(leave);

document.addEventListener("click", (event) => {
  event.target.closest("[data-dismiss]")?.closest("[data-note]").remove();
});

document.addEventListener("announce", ({ detail }) => announce(detail)); // from scripts of single pages
