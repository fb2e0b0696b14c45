// A session that ended while the page stood open: say so, keep what was typed, go on after signing in.
import { fail } from "./status.js";

const note = document.querySelector("#session-expired");

/** True when the same person is still signed in. Pages that need no sign-in always answer true. */
export async function sessionHolds() {
  if (!note) return true;
  try {
    const answer = await fetch(note.dataset.sessionUrl, { headers: { "X-Requested-With": "fetch" } });
    const state = answer.ok ? await answer.json() : {};
    if (String(state.user) !== note.dataset.user) return expired();
    renew(state.csrf);
    return true;
  } catch {
    fail(document.querySelector("#status").dataset.offline);
    return false;
  }
}

function expired() {
  const { hidden } = note;
  note.hidden = false;
  const writing = document.activeElement.closest("form[data-autosave], input, textarea, [contenteditable]");
  if (hidden && !writing) note.focus(); // never out of a sentence
  return false;
}

/** Signing in again makes older form tokens invalid: give the page the new one. */
function renew(token) {
  note.hidden = true;
  document.body.setAttribute("hx-headers:inherited", JSON.stringify({ "X-CSRFToken": token }));
  for (const field of document.querySelectorAll("[name=csrfmiddlewaretoken]")) field.value = token;
}

document.addEventListener("session-expired", () => note && expired());

async function check() {
  if (await sessionHolds()) document.dispatchEvent(new CustomEvent("session-restored"));
}

document.addEventListener("session-check", check); // a save of the editor was turned away

function back() {
  if (document.visibilityState === "visible" && note && !note.hidden) check();
}

document.addEventListener("visibilitychange", back);
addEventListener("focus", back);
