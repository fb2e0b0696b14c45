// When this page and the server hold different words: what is really unseen, and who decides.
import { choose, merge } from "./compare.js";
import { say } from "./save-state.js";

const DATE_AND_TIME = { dateStyle: "long", timeStyle: "short" };

/** Somebody saved first. Words of theirs that this page has not seen are never written over. */
export function disagreed(save, answer) {
  const theirs = textOf(answer, save.fields);
  const seen = (field) => [save.saved, ...save.posted].find((text) => alike(field, text, theirs));
  const said = save.fields.filter(({ name }) => name in theirs);
  const fields = said.filter((field) => !seen(field));
  if (fields.length) {
    settle(save, { fields, theirs, heading: "conflict", values: answer, version: answer.version });
    return false;
  }
  // What they hold is what we began with, or a post of ours whose answer was lost.
  const known = { ...save.saved };
  for (const field of said) known[field.name] = seen(field)[field.name];
  save.move(answer.version, known);
  return save.pending ? save.send() : save.accepted({ ...answer, saved_at: answer.time }, known);
}

/** From here on words are kept on this device. A draft that it holds already: put it into the fields, and ask which text goes on. */
export async function offer(save, drafts) {
  save.drafts = drafts;
  const draft = await drafts.newest();
  if (!draft) return;
  const theirs = save.saved;
  const fields = save.fields.filter((field) => field.name in draft.text && !alike(field, draft.text, theirs));
  for (const field of fields) field.write(draft.text[field.name]);
  await save.keep();
  if (!fields.length || draft.version !== save.version) save.drafts.drop(draft.version);
  if (!fields.length) return;
  const values = { time: new Date(draft.at).toLocaleString(document.documentElement.lang, DATE_AND_TIME) };
  settle(save, { fields, theirs, heading: "found", values, version: save.version });
}

async function settle(save, { fields, theirs, heading, values, version }) {
  save.choosing = true;
  save.keep();
  say(heading, values);
  const panel = save.form.querySelector("[data-compare]");
  const chosen = await choose(panel, { fields, mine: save.text(), theirs, heading, values });
  const known = { ...save.saved };
  for (const field of fields) {
    const value = theirs[field.name];
    if (chosen === "theirs") field.write(value);
    if (chosen === "both") field.write(field.join(merge(field.blocks(field.read()), field.blocks(value))));
    known[field.name] = chosen === "theirs" ? field.read() : value;
  }
  if (heading === "conflict") save.savedAt = values.time;
  save.move(version, known);
  save.choosing = false;
  fields[0].focus();
  if (await save.save()) save.tell();
}

/** True when both texts hold the same in this field. */
function alike(field, one, other) {
  return JSON.stringify(field.blocks(one[field.name])) === JSON.stringify(field.blocks(other[field.name]));
}

/** The fields of an answer; rows come as a list and stand in their field as text. */
function textOf(answer, fields) {
  const names = fields.map(({ name }) => name).filter((name) => name in answer);
  const text = (value) => (typeof value === "string" ? value : JSON.stringify(value));
  return Object.fromEntries(names.map((name) => [name, text(answer[name])]));
}
