// A net on this device for words that the server does not hold yet. Never another person's words.
const KEPT_FOR = 14 * 24 * 60 * 60 * 1000;

/** The drafts of one person for one section: put, drop (by the version they are based on), newest. */
export async function openDrafts(user, section, now = Date.now()) {
  const database = await open();
  await purge(database, user, now);
  const store = (mode) => database.transaction("drafts", mode).objectStore("drafts");
  const key = (version) => `${user}:${section}:${version}`;
  return {
    put: (version, text) => done(store("readwrite").put({ key: key(version), user, section, version, text, at: Date.now() })),
    drop: (version) => done(store("readwrite").delete(key(version))),
    newest: async () => {
      const drafts = await done(store("readonly").getAll());
      return drafts.filter((draft) => draft.section === section).sort((a, b) => b.at - a.at)[0];
    },
  };
}

/** Stands in where the browser keeps nothing: every put fails, so that no page claims the words are safe. */
export const noDrafts = {
  put: () => Promise.reject(new Error("This browser keeps no drafts.")),
  drop: () => Promise.resolve(),
  newest: () => Promise.resolve(undefined),
};

function open() {
  const request = indexedDB.open("drafts", 1);
  request.onupgradeneeded = () => request.result.createObjectStore("drafts", { keyPath: "key" });
  return done(request);
}

async function purge(database, user, now) {
  const store = database.transaction("drafts", "readwrite").objectStore("drafts");
  for (const draft of await done(store.getAll())) {
    if (draft.user !== user || draft.at < now - KEPT_FOR) store.delete(draft.key);
  }
}

function done(request) {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}
