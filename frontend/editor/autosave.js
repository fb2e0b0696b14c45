// Saving without a button: soon after the last key, at the latest ten seconds after the first.
import { choose, merge } from "./compare.js";
import { say } from "./save-state.js";

const AFTER_A_PAUSE = 2_000;
const AT_THE_LATEST = 10_000;
const TRY_AGAIN = 10_000;
const WORTH_SAYING = 400; // a quicker answer is not announced by "Saving"
const PATIENCE = 20_000;
const LAST_POST = 60_000; // bytes that a browser still sends for a page that is gone

export class Autosave {
  /** `fields` as index.js describes them, `drafts` as drafts.js gives them. */
  constructor({ form, fields, drafts }) {
    Object.assign(this, { form, fields, drafts });
    this.saved = this.text(); // what the server holds, in our form
    this.kept = ""; // what this device holds
    this.held = false; // nothing is sent while a choice or a sign-in is open
    form.addEventListener("formdata", ({ formData }) => {
      for (const field of fields) formData.set(field.name, field.read());
    });
    for (const field of fields) field.onChange(() => this.changed());
    addEventListener("online", () => this.save());
    document.addEventListener("session-restored", () => this.resume());
  }

  text() {
    return Object.fromEntries(this.fields.map((field) => [field.name, field.read()]));
  }

  get version() {
    return this.form.elements.version.value;
  }

  get pending() {
    return !same(this.text(), this.saved);
  }

  /** True while words stand on this page and nowhere else. */
  get losable() {
    return this.pending && this.kept !== JSON.stringify(this.text());
  }

  changed() {
    clearTimeout(this.pause);
    this.pause = setTimeout(() => this.save(), AFTER_A_PAUSE);
    this.latest ??= setTimeout(() => this.save(), AT_THE_LATEST);
    this.keeping ??= setTimeout(() => this.keep(), WORTH_SAYING);
  }

  /** Put the words into the store of this device. */
  async keep() {
    clearTimeout(this.keeping);
    this.keeping = null;
    const text = this.text();
    if (same(text, this.saved)) return;
    try {
      await this.drafts.put(this.version, text);
      this.kept = JSON.stringify(text);
    } catch {
      this.kept = "";
    }
  }

  /** Send what changed. Resolves to true when the server holds everything. */
  save({ leaving = false } = {}) {
    clearTimeout(this.pause);
    clearTimeout(this.latest);
    clearTimeout(this.again);
    this.latest = null;
    if (this.held) return Promise.resolve(false);
    if (!this.pending) return Promise.resolve(true);
    this.sending ??= this.send(leaving).finally(() => {
      this.sending = null;
    });
    return this.sending;
  }

  async flush() {
    await this.keep();
    return (await this.save()) && this.save();
  }

  leave() {
    this.keep();
    this.save({ leaving: true });
  }

  async send(leaving) {
    const text = this.text();
    const slow = setTimeout(() => say("saving"), WORTH_SAYING);
    let response;
    let answer;
    try {
      response = await fetch(this.form.getAttribute("action"), {
        method: "POST",
        body: new FormData(this.form),
        headers: { Accept: "application/json", "X-Requested-With": "fetch" },
        keepalive: leaving && JSON.stringify(text).length * 2 < LAST_POST,
        signal: AbortSignal.timeout(PATIENCE),
      });
      answer = await response.json().catch(() => ({}));
    } catch {
      return this.lost("offline");
    } finally {
      clearTimeout(slow);
    }
    const { status } = response;
    if (status === 200 && "version" in answer) return this.accepted(answer, text);
    if (status === 409 && "version" in answer) return this.disagreed(answer, text);
    if (!this.asked && (status === 401 || (status === 403 && !answer.message))) return this.signedOut();
    if (status >= 500 || status === 401 || status === 429) return this.lost("troubled");
    return this.refused(answer.message);
  }

  accepted(answer, text) {
    this.drafts.drop(this.version);
    this.form.elements.version.value = answer.version;
    this.saved = text;
    this.asked = false;
    this.trouble();
    say("saved", { time: answer.saved_at });
    if (answer.status && answer.status !== this.status) {
      this.status = answer.status;
      this.form.dispatchEvent(new CustomEvent("section-status", { bubbles: true, detail: answer }));
    }
    if (this.pending) this.changed();
    return true;
  }

  /** The server cannot be reached or is in trouble: the words stay here, and go when it is back. */
  async lost(state) {
    await this.keep();
    say(this.losable ? "nowhere" : state);
    this.again = setTimeout(() => this.save(), TRY_AGAIN);
    return false;
  }

  /** The page's own session check (session.js) asks for a new sign-in or brings a new form token. */
  async signedOut() {
    this.held = true;
    this.asked = true;
    await this.keep();
    say("signed-out");
    document.dispatchEvent(new CustomEvent("session-check"));
    return false;
  }

  resume() {
    if (this.choosing) return;
    this.held = false;
    this.save();
  }

  async refused(message) {
    await this.keep();
    say("refused");
    this.trouble(message ?? "");
    return false;
  }

  /** Show the server's sentence at the section; without one, take the last sentence away. */
  trouble(message) {
    const note = this.form.querySelector("[data-trouble]");
    note.hidden = message === undefined;
    if (message) note.querySelector("[data-text]").textContent = message;
  }

  /** Somebody else saved first. Words of theirs that we have not seen are never written over. */
  disagreed(answer, sent) {
    const theirs = Object.fromEntries(
      this.fields.filter(({ name }) => name in answer).map(({ name }) => [name, asText(answer[name])]),
    );
    const differing = this.fields.filter(
      (field) =>
        field.name in theirs &&
        !alike(field, theirs[field.name], this.saved[field.name]) &&
        !alike(field, theirs[field.name], sent[field.name]),
    );
    if (differing.length) {
      this.settle({ fields: differing, theirs, heading: "conflict", values: answer, version: answer.version });
      return false;
    }
    // Their text is our base or our own lost post: nothing of theirs is unseen.
    const ours = this.fields.filter((field) => field.name in theirs && alike(field, theirs[field.name], sent[field.name]));
    const known = { ...this.saved, ...Object.fromEntries(ours.map(({ name }) => [name, sent[name]])) };
    this.accepted({ ...answer, saved_at: answer.time }, known);
    return this.pending ? this.send(false) : true;
  }

  /** A draft that this device kept: put it into the fields, and ask which text goes on. */
  async offer() {
    const draft = await this.drafts.newest();
    if (!draft) return;
    const saved = this.saved;
    const differing = this.fields.filter(({ name, ...field }) => name in draft.text && !alike(field, draft.text[name], saved[name]));
    if (!differing.length) {
      this.drafts.drop(draft.version);
      return;
    }
    for (const field of differing) field.write(draft.text[field.name]);
    await this.keep();
    if (draft.version !== this.version) this.drafts.drop(draft.version);
    const time = new Date(draft.at).toLocaleString(document.documentElement.lang, { dateStyle: "long", timeStyle: "short" });
    this.settle({ fields: differing, theirs: saved, heading: "found", values: { time }, version: this.version });
  }

  async settle({ fields, theirs, heading, values, version }) {
    this.held = true;
    this.choosing = true;
    this.keep();
    say(heading, values);
    const panel = this.form.querySelector("[data-compare]");
    const chosen = await choose(panel, { fields, mine: this.text(), theirs, heading, values });
    for (const field of fields) {
      if (chosen === "theirs") field.write(theirs[field.name]);
      if (chosen === "both") field.write(field.join(merge(field.blocks(field.read()), field.blocks(theirs[field.name]))));
    }
    this.drafts.drop(this.version);
    this.form.elements.version.value = version;
    const taken = chosen === "theirs" ? this.text() : theirs;
    for (const { name } of fields) this.saved[name] = taken[name];
    this.choosing = false;
    this.held = false;
    fields[0].focus();
    if (await this.save()) say("saved", values);
  }

  /** Lead the writer to what keeps the words from being saved. */
  explain() {
    const place = this.form.querySelector(this.choosing ? "[data-compare]" : "[data-trouble]");
    if (!place.hidden) place.focus();
  }
}

function same(one, other) {
  return JSON.stringify(one) === JSON.stringify(other);
}

function alike(field, one, other) {
  return same(field.blocks(one), field.blocks(other));
}

function asText(value) {
  return typeof value === "string" ? value : JSON.stringify(value);
}
