// Words are saved before the page is left: by a link, by a form, or by closing it.

/** Hold links and forms until the saves are through; warn only where words are kept nowhere. */
export function saveBeforeLeaving(saves) {
  const unsaved = () => saves.some((save) => save.pending);
  const saveAll = async () => (await Promise.all(saves.map((save) => save.flush()))).every(Boolean);

  document.addEventListener(
    "click",
    async (event) => {
      const link = event.target.closest("a[href]");
      if (!link || !leadsAway(link, event) || !unsaved()) return;
      hold(event);
      await saveAll(); // what could not be saved is kept on this device, or the browser asks
      location.assign(link.href);
    },
    true,
  );

  document.addEventListener(
    "submit",
    async (event) => {
      const { target: form, submitter } = event;
      if (form.method === "dialog" || !unsaved()) return;
      hold(event);
      if (await saveAll()) form.requestSubmit(submitter);
      else saves.find((save) => save.pending).explain();
    },
    true,
  );

  addEventListener("pagehide", () => saves.forEach((save) => save.leave()));
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "hidden") saves.forEach((save) => save.flush());
  });
  addEventListener("beforeunload", (event) => {
    if (saves.some((save) => save.losable)) event.preventDefault();
  });
}

function leadsAway(link, event) {
  const elsewhere = event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey || link.target;
  const here = link.origin + link.pathname + link.search === location.origin + location.pathname + location.search;
  const swapped = link.hasAttribute("hx-get") || link.hasAttribute("download") || link.isContentEditable;
  return !elsewhere && !swapped && link.origin === location.origin && !(here && link.hash);
}

function hold(event) {
  event.preventDefault();
  event.stopImmediatePropagation();
}
