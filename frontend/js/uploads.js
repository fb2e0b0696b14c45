// File drop zones: <form data-upload> with a <label class="drop"> around its file field, and beside it
// [data-upload-fault], a live region with the sentence of the last refusal.
// Sent by XMLHttpRequest, since fetch tells nothing of the progress of an upload.
import { sessionHolds } from "./session.js";

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
  tell(form, "");
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
    answered(form, request);
  });
  request.open("POST", form.action);
  request.setRequestHeader("X-Requested-With", "XMLHttpRequest");
  request.send(new FormData(form));
}

/** Any success shows the page that the server led to; a refusal comes as one plain sentence. */
function answered(form, request) {
  const { failed, offline } = document.querySelector("#status").dataset;
  if (request.status === 401) document.dispatchEvent(new CustomEvent("session-expired"));
  else if (request.status >= 200 && request.status < 300) location.assign(request.responseURL);
  else if (request.getResponseHeader("Content-Type")?.startsWith("text/plain")) tell(form, request.responseText);
  else tell(form, request.status ? failed : offline);
}

/** Show what became of this try in place of what was said of the one before. */
function tell(form, text) {
  const fault = form.querySelector("[data-upload-fault]");
  fault.querySelector("[data-text]").textContent = text;
  fault.firstElementChild.hidden = !text;
}
