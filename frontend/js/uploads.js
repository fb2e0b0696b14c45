// Files dropped or chosen: <form data-upload> with a <label class="drop"> around its file field and
// files/_upload_rows.html, where each file gets a bar, a way to cancel it, and in the end its sentence.
// [data-upload-fault] is a live region for what became of the whole. Files are sent one after the other,
// by XMLHttpRequest, since fetch tells nothing of the progress of an upload. data-upload="here" stays on the
// page and says files-uploaded; otherwise the page is shown anew, with what the server has to say.
import { announce } from "./status.js";
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

const under = new WeakMap(); // of the forms that are sending: the rows of their files

document.addEventListener("change", async ({ target }) => {
  const form = target.closest("form[data-upload]");
  if (!form || target.type !== "file" || !target.files.length) return;
  const files = [...target.files].slice(0, target.multiple ? undefined : 1);
  target.value = "";
  const list = form.querySelector("[data-upload-rows]");
  const rows = under.get(form) ?? [];
  if (!rows.length) {
    tell(form, "");
    list.replaceChildren();
  }
  rows.push(...files.map((file) => row(list, file)));
  if (under.has(form)) return; // they are sent after those that are under way
  under.set(form, rows);
  list.hidden = !(await sessionHolds());
  if (!list.hidden) await sendAll(form, target.name, rows);
  under.delete(form);
});

async function sendAll(form, name, rows) {
  const list = form.querySelector("[data-upload-rows]");
  for (const one of rows) {
    if (!one.dropped) await send(form, name, one); // meanwhile more may have come
  }
  const whole = rows.every((one) => one.stored);
  const refused = rows.filter((one) => one.fault);
  if (form.dataset.upload === "here") {
    if (rows.some((one) => one.stored)) document.body.dispatchEvent(new CustomEvent("files-uploaded"));
    if (refused.length) tell(form, list.dataset.some);
    else announce(list.dataset.stored);
  } else if (whole) location.assign(location.pathname + location.search);
  else {
    // Said once, where it is announced; of a single file no row need say it again.
    for (const one of refused) one.shown.remove();
    list.hidden = !list.children.length;
    tell(form, refused.map((one) => one.fault).join(" "));
  }
}

/** A row for one file: its name, its bar, the button that cancels it, its state in words. */
function row(list, file) {
  const shown = list.parentElement.querySelector("template").content.firstElementChild.cloneNode(true);
  const button = shown.querySelector("button");
  const one = { file, shown, button, words: list.dataset };
  shown.querySelector("[data-name]").textContent = file.name;
  shown.querySelector("progress").setAttribute("aria-label", file.name);
  button.setAttribute("aria-label", `${button.textContent.trim()}: ${file.name}`);
  button.addEventListener("click", () => {
    one.dropped = true;
    one.request?.abort();
    end(one, list.dataset.cancelled);
  });
  say(one, list.dataset.waiting);
  list.append(shown);
  return one;
}

function send(form, name, one) {
  const content = new FormData(form);
  content.set(name, one.file);
  const bar = one.shown.querySelector("progress");
  const request = (one.request = new XMLHttpRequest());
  request.upload.addEventListener("progress", ({ loaded, total }) => {
    bar.value = loaded / total;
    say(one, `${Math.round((100 * loaded) / total)} %`);
  });
  return new Promise((done) => {
    request.addEventListener("loadend", () => done(one.dropped || answered(one, request)));
    request.open("POST", form.action);
    request.setRequestHeader("X-Requested-With", "XMLHttpRequest");
    request.send(content);
  });
}

/** What became of it, in one plain sentence. */
function answered(one, request) {
  const { failed, offline } = document.querySelector("#status").dataset;
  const plain = request.getResponseHeader("Content-Type")?.startsWith("text/plain");
  if (request.status >= 200 && request.status < 300) {
    one.stored = true;
    end(one, [one.words.stored, plain ? request.responseText : ""].filter(Boolean).join(". "));
    return;
  }
  if (request.status === 401) document.dispatchEvent(new CustomEvent("session-expired"));
  one.fault = plain ? request.responseText : request.status ? failed : offline;
  end(one, one.fault);
}

function end(one, words) {
  one.shown.querySelector("progress").hidden = true;
  one.button.hidden = true;
  one.shown.querySelector("[data-state]").classList.toggle("not-stored", Boolean(one.fault));
  say(one, words);
}

function say(one, words) {
  one.shown.querySelector("[data-state]").textContent = words;
}

/** Show what became of this try in place of what was said of the one before. */
function tell(form, text) {
  const fault = form.querySelector("[data-upload-fault]");
  for (const old of fault.querySelectorAll("p:not(:has([data-text]))")) old.remove();
  fault.querySelector("[data-text]").textContent = text;
  fault.firstElementChild.hidden = !text;
}
