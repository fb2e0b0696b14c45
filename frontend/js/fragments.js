// htmx: what is swapped, what is said, where the focus goes.
import htmx from "htmx.org";
import { focusMarked } from "./forms.js";
import { openMarkedDialogs } from "./menus.js";
import { announce, fail } from "./status.js";

// An error page is never swapped into a form; 422 is, because it is the form with its errors.
htmx.config.noSwap = [204, 304, 400, 401, 403, 404, "5xx"];

// A form that is under way is not sent a second time.
document.addEventListener(
  "submit",
  (event) => {
    if (!event.target.matches(".htmx-request")) return;
    event.preventDefault();
    event.stopPropagation();
  },
  true,
);

document.addEventListener("htmx:before:request", ({ detail }) => {
  detail.ctx.target?.setAttribute("aria-busy", "true");
});

document.addEventListener("htmx:finally:request", ({ detail }) => {
  detail.ctx.target?.removeAttribute("aria-busy");
});

document.addEventListener("htmx:response:error", ({ detail: { ctx } }) => {
  const { status, headers } = ctx.response;
  if (asksByItself(ctx)) return;
  if (status === 401 || status === 422) return; // said elsewhere: by session.js, in the form
  fail(headers.get("Content-Type")?.startsWith("text/plain") ? ctx.text : "");
});

document.addEventListener("htmx:error", ({ detail: { ctx } }) => {
  if (!asksByItself(ctx)) fail(document.querySelector("#status").dataset.offline);
});

/** Nobody waits for the answer: here.js asks again in a while. */
const asksByItself = (ctx) => ctx?.sourceElement?.matches("[data-here]");

document.addEventListener("htmx:after:swap", () => {
  focusMarked();
  openMarkedDialogs();
  for (const said of document.querySelectorAll("[data-announce]")) {
    announce(said.dataset.announce);
    said.removeAttribute("data-announce");
  }
});
