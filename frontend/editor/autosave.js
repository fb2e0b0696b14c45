// Saving without a button: soon after the last key, at the latest ten seconds after the first.
import { noDrafts } from "./drafts.js";
import { say } from "./save-state.js";
import { disagreed } from "./settle.js";

const AFTER_A_PAUSE = 2_000;
const AT_THE_LATEST = 10_000;
const KEPT_EVERY = 1_000; // on this device; writing out a long text takes time, too
const TRY_AGAIN = 10_000;
const WORTH_SAYING = 400; // a quicker answer is not announced by "Saving"
const PATIENCE = 20_000;
const MAY_HAVE_ARRIVED = 20; // posts without an answer that are remembered
const LAST_POST = 60_000; // bytes that a browser still sends for a page that is gone

export class Autosave {
  /** `fields` as index.js describes them. */
  constructor({ form, fields }) {
    this.form = form;
    this.fields = fields;
    this.drafts = noDrafts; // until settle.js gives the store of this device
    this.saved = this.text(); // what the server holds, in our form
    this.posted = []; // what it may hold: posts that nothing answered
    this.kept = {}; // what this device holds
    this.savedAt = form.dataset.savedAt;
    this.choosing = false; // between two texts: nothing is sent until it is done
    this.signedOut = false; // nor until the same person has signed in again
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
    return this.pending && !same(this.text(), this.kept);
  }

  changed() {
    clearTimeout(this.pause);
    this.pause = setTimeout(() => this.save(), AFTER_A_PAUSE);
    this.latest ??= setTimeout(() => this.save(), AT_THE_LATEST);
    this.keeping ??= setTimeout(() => this.keep(), KEPT_EVERY);
  }

  /** Put the words into the store of this device; true when they are there. */
  async keep() {
    clearTimeout(this.keeping);
    this.keeping = null;
    const text = this.text();
    if (same(text, this.saved)) return true;
    try {
      await this.drafts.put(this.version, text);
      this.kept = text;
      return true;
    } catch {
      this.kept = {};
      return false;
    }
  }

  /** Send what changed. Resolves to true when the server holds everything. */
  save({ leaving = false } = {}) {
    clearTimeout(this.pause);
    clearTimeout(this.latest);
    clearTimeout(this.again);
    this.latest = null;
    if (this.choosing || this.signedOut) return Promise.resolve(false);
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
    this.posted = [...this.posted.slice(-MAY_HAVE_ARRIVED), text];
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
    if (status === 409 && "version" in answer) return disagreed(this, answer);
    if (!this.asked && (status === 401 || (status === 403 && !answer.message))) return this.askForSession();
    if (status >= 500 || status === 401 || status === 429) return this.lost("troubled");
    return this.refused(answer.message);
  }

  accepted(answer, text) {
    this.move(answer.version, text);
    this.savedAt = answer.saved_at;
    this.asked = false;
    this.trouble();
    this.tell();
    if (answer.status && answer.status !== this.status) {
      this.status = answer.status;
      this.form.dispatchEvent(new CustomEvent("section-status", { bubbles: true, detail: answer }));
    }
    if (this.pending) this.changed();
    return true;
  }

  /** From here on the server holds `saved` as `version`. */
  move(version, saved) {
    this.drafts.drop(this.version);
    this.form.elements.version.value = version;
    this.saved = saved;
    this.posted = [];
  }

  tell() {
    say(this.savedAt ? "saved" : "blank", { time: this.savedAt });
  }

  /** Not saved: keep the words here and say why; where even that fails, say that. */
  async stay(state) {
    say((await this.keep()) ? state : "nowhere");
    return false;
  }

  /** The server cannot be reached or is in trouble: the words go when it is back. */
  lost(state) {
    this.asked = false;
    this.again = setTimeout(() => this.save(), TRY_AGAIN);
    return this.stay(state);
  }

  /** The page's own session check (session.js) asks for a new sign-in or brings a new form token. */
  async askForSession() {
    this.signedOut = true;
    this.asked = true;
    await this.stay("signed-out");
    document.dispatchEvent(new CustomEvent("session-check"));
    return false;
  }

  resume() {
    this.signedOut = false;
    this.save();
  }

  refused(message) {
    this.asked = false;
    this.trouble(message ?? "");
    return this.stay("refused");
  }

  /** Show the server's sentence at the section; without one the note says what it said when the page came. */
  trouble(message) {
    const note = this.form.querySelector("[data-trouble]");
    note.hidden = message === undefined;
    if (message) note.querySelector("[data-text]").textContent = message;
  }

  /** Lead the writer to what keeps the words from being saved. */
  explain() {
    const place = this.form.querySelector(this.choosing ? "[data-compare]" : "[data-trouble]");
    if (!place.hidden) place.focus();
  }
}

function same(one, other) {
  return Object.keys(one).every((name) => one[name] === other[name]);
}
