// Forms are sent once, and only while the session lives; errors take the focus.
import { sessionHolds } from "./session.js";

// Our own messages stand at the field and in the page's language; the browser's bubbles do neither.
// Enter presses the form's button too, so one listener is enough.
document.addEventListener("click", ({ target }) => {
  const form = target.closest("button, input")?.form;
  if (form) form.noValidate = true;
});

document.addEventListener("submit", async (event) => {
  const form = event.target;
  if (event.defaultPrevented || form.getAttribute("method") !== "post") return;
  if (form.dataset.sending === "checked") return; // our own second submit, below
  event.preventDefault();
  if (form.dataset.sending) return; // pressed twice

  const { submitter } = event;
  form.dataset.sending = "asking";
  submitter?.setAttribute("aria-busy", "true");
  // In a task of its own: a form cannot be submitted anew while its first submit is being handled.
  if (await sessionHolds()) setTimeout(send, 0, form, submitter);
  else release(form);
});

function send(form, submitter) {
  form.dataset.sending = "checked";
  form.requestSubmit(submitter);
  form.dataset.sending = "sent";
}

function release(form) {
  delete form.dataset.sending;
  form.querySelectorAll("[aria-busy]").forEach((button) => button.removeAttribute("aria-busy"));
}

// Back to a page kept in memory: its forms may be sent again.
addEventListener("pageshow", () => document.querySelectorAll("form[data-sending]").forEach(release));

/** Move the focus to what the server marked: an error summary, the heading of what changed. */
export function focusMarked() {
  const marked = document.querySelector("[data-focus]");
  if (!marked) return;
  marked.removeAttribute("data-focus");
  marked.focus();
}

focusMarked();
