// The queue by keyboard: J and K or the arrows lead from report to report, Enter opens the one that has the focus.
import { announce } from "./status.js";

const STEPS = { j: 1, ArrowDown: 1, k: -1, ArrowUp: -1 };

document.addEventListener("keydown", (event) => {
  const queue = document.querySelector("[data-queue]");
  const step = STEPS[event.key];
  // Only from within: elsewhere a letter is a letter, and the arrows scroll.
  if (!step || !queue?.contains(event.target) || event.ctrlKey || event.altKey || event.metaKey || event.shiftKey) return;
  const rows = [...queue.querySelectorAll("article")];
  if (!rows.length) return;
  event.preventDefault();
  const here = rows.findIndex((row) => row.contains(document.activeElement));
  const there = rows[here < 0 ? 0 : here + step];
  if (!there) return announce(step > 0 ? queue.dataset.last : queue.dataset.first);
  (there.querySelector("[data-open]") ?? there.querySelector("h2 a")).focus();
  there.scrollIntoView({ block: "nearest" });
});
