const EVERY = 15_000;

/** While the page is in view, ask again and again who else has the section open ([data-here]); asking is a sign of life. */
export function askWhoIsHere() {
  const place = document.querySelector("[data-here]");
  if (!place) return;
  setInterval(() => {
    if (document.visibilityState === "visible") place.dispatchEvent(new CustomEvent("here"));
  }, EVERY);
}
