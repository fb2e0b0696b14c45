// A draft's reading page: the outline follows the text; a chosen mark stands out with its block.

const links = [...document.querySelectorAll(".readp .outline a")];
const headings = links.map((link) => document.getElementById(link.hash.slice(1)));
const outline = document.querySelector(".readp .pane-l");

const TOP = 160; // px from the top of the window: a heading that came so far is being read

/** Mark the last heading that came to the top, and keep its line of the outline in view. */
function follow() {
  const passed = headings.findLastIndex((heading) => heading.getBoundingClientRect().top < TOP);
  const current = links[Math.max(passed, 0)];
  if (current.ariaCurrent) return;
  links.find((link) => link.ariaCurrent)?.removeAttribute("aria-current");
  current.setAttribute("aria-current", "location");
  const above = current.offsetTop - outline.scrollTop;
  if (above < 0 || above > outline.clientHeight - 64) outline.scrollTop = current.offsetTop - outline.clientHeight / 2;
}

if (links.length) {
  document.addEventListener("scroll", () => requestAnimationFrame(follow), { passive: true });
  follow();
}

document.addEventListener("click", (event) => {
  const mark = event.target.closest(".src[hx-get]");
  if (mark) choose(mark);
  if (event.target.closest("[data-close-sources]")) close(event);
});

function choose(mark) {
  document.querySelector(".src[aria-current]")?.removeAttribute("aria-current");
  document.querySelector(".doc .sel")?.classList.remove("sel");
  mark?.setAttribute("aria-current", "true");
  if (mark) document.getElementById(mark.hash.slice(1)).classList.add("sel");
}

function close(event) {
  event.preventDefault();
  document.querySelector(".src[aria-current]")?.focus();
  choose(null);
  document.querySelector("#sources").replaceChildren();
}
