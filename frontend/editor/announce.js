/** Say one sentence in the page's status region (frontend/js/status.js). */
export function announce(text) {
  document.dispatchEvent(new CustomEvent("announce", { detail: text }));
}
