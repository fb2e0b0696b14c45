/*
The text editor and the table sections of a report: a plain form made to save itself.

  {% include "reports/_save_state.html" %}             once, where the page says whether the words are safe
  <form method="post" action="SAVE_URL" autocomplete="off"
        data-autosave data-section="ID" data-user="USER_ID" data-saved-at="10.42 or empty">
    {% csrf_token %}<input type="hidden" name="version" value="N">
    {% include "reports/_save_trouble.html" %}         refusals, and two texts side by side
    <textarea name="answer" data-label="…">            the answer to a returned remark, where there is one
    {% include "reports/_editor_tools.html" %}         a text section:
    <textarea name="html" data-editor data-label="…" data-pictures-left-out="…" aria-describedby="…">
    <div data-table-section>                           or a table section: reports/_rows.html
    <span data-words="HINT or empty">126</span> <span data-words-over hidden>…</span>
    <noscript><button>Save</button></noscript>
  </form>
  {% include "reports/_editor_dialogs.html" %}         after the form

An autosaved form is posted with X-Requested-With and Accept: application/json, and takes:
  200 {version, saved_at: "10.42", status: "Yazılıyor"}    saved
  409 {version, html | rows, answer, name, time: "10.45"}  somebody saved first; the texts as they stand now
  401, or 403 without a message                            the session is asked for again (js/session.js)
  400, 403, 413, 422 {message}                             refused; the sentence stands at the section
  429, 5xx, no answer                                      tried again every 10 seconds
Tells the page: `section-status` from the form, with the 200's answer, when the section's status changed.

A form without data-autosave (the edit with which the team accepts a section) gets the same fields and is posted
by its own button; it needs neither save state nor trouble.

A field, as the modules give it to autosave.js: name, label, read() and write(value) of what is posted,
blocks(value) its comparable parts, join(blocks) back, show(block) as an element, focus(), onChange(listener).
*/
import { Autosave } from "./autosave.js";
import { openDrafts } from "./drafts.js";
import { textField } from "./editor.js";
import { askWhoIsHere } from "./here.js";
import { saveBeforeLeaving } from "./leaving.js";
import { plainField } from "./plain-field.js";
import { offer } from "./settle.js";
import { tableField } from "./table-section.js";
import { countWords } from "./words.js";

/** What the form posts from here on; empty where it has nothing of ours. */
function fieldsOf(form) {
  const all = (selector) => [...form.querySelectorAll(selector)];
  const fields = [...all("textarea[data-editor]").map(textField), ...all("[data-table-section]").map(tableField)];
  if (fields.length) fields.push(...all("textarea[name=answer]").map(plainField));
  form.addEventListener("formdata", ({ formData }) => {
    for (const field of fields) formData.set(field.name, field.read());
  });
  return fields;
}

function start(form) {
  const fields = fieldsOf(form);
  countWords(form, fields);
  if (!fields.length || !("autosave" in form.dataset)) return [];
  const save = new Autosave({ form, fields });
  openDrafts(form.dataset.user, form.dataset.section)
    .then((drafts) => offer(save, drafts))
    .catch(() => {}); // this browser keeps nothing; the save state says so when it matters
  return [save];
}

askWhoIsHere();
saveBeforeLeaving([...document.forms].flatMap(start));
