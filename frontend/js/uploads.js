// File drop zones: <form data-upload> with a <label class="drop"> around its file field.
// Sent by XMLHttpRequest, since fetch tells nothing of the progress of an upload.
import { sessionHolds } from "./session.js";
import { fail } from "./status.js";

document.addEventListener("dragover", (event) => {
  const zone = event.target.closest?.(".drop");
  if (!zone) return;
  event.preventDefault();
  zone.classList.add("over");
});

document.addEventListener("dragleave", (event) => {
  event.target.closest?.(".drop")?.classList.remove("over");
});

document.addEventListener("drop", (event) => {
  const zone = event.target.closest?.(".drop");
  if (!zone) return;
  event.preventDefault();
  zone.classList.remove("over");
  const field = zone.querySelector("[type=file]");
  field.files = event.dataTransfer.files;
  field.dispatchEvent(new Event("change", { bubbles: true }));
});

document.addEventListener("change", async ({ target }) => {
  const form = target.closest("form[data-upload]");
  if (!form || target.type !== "file" || !target.files.length) return;
  if (await sessionHolds()) send(form, target);
  else target.value = "";
});

function send(form, field) {
  const bar = document.createElement("progress");
  bar.max = 1;
  bar.setAttribute("aria-label", field.files[0].name);
  field.closest(".drop").append(bar);

  const request = new XMLHttpRequest();
  request.upload.addEventListener("progress", ({ loaded, total }) => {
    bar.value = loaded / total;
  });
  request.addEventListener("loadend", () => {
    bar.remove();
    field.value = "";
    answered(request);
  });
  request.open("POST", form.action);
  request.setRequestHeader("X-Requested-With", "XMLHttpRequest");
  request.send(new FormData(form));
}

/** Any success shows the page that the server led to; a refusal comes as one plain sentence. */
function answered(request) {
  if (request.status === 401) document.dispatchEvent(new CustomEvent("session-expired"));
  else if (request.status >= 200 && request.status < 300) location.assign(request.responseURL);
  else fail(request.getResponseHeader("Content-Type")?.startsWith("text/plain") ? request.responseText : "");
}
