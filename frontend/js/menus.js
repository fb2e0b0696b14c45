// Menus of the bar (<details>), dialogs, the folded outline, printing.

document.addEventListener("click", (event) => {
  closeMenus((menu) => !menu.contains(event.target));

  const opener = event.target.closest("[data-dialog]");
  if (opener) document.querySelector(opener.dataset.dialog).showModal();

  // A press on the dialog itself is a press beside its content: on the backdrop.
  if (event.target.closest("[data-close]") || event.target.matches("dialog")) {
    event.target.closest("dialog").close();
  }

  const unfold = event.target.closest("[data-unfold]");
  if (unfold) unfold.setAttribute("aria-expanded", unfold.getAttribute("aria-expanded") === "false");

  if (event.target.closest("[data-print]")) print();
});

document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  const open = document.querySelector("details.menu[open]");
  if (!open) return;
  open.open = false;
  open.querySelector("summary").focus();
});

document.addEventListener("focusin", (event) => closeMenus((menu) => !menu.contains(event.target)));

function closeMenus(mayClose) {
  for (const menu of document.querySelectorAll("details.menu[open]")) if (mayClose(menu)) menu.open = false;
}

/** Dialogs that the server wants open, because their form came back with errors. */
export function openMarkedDialogs() {
  for (const dialog of document.querySelectorAll("dialog[data-open]")) {
    dialog.removeAttribute("data-open");
    dialog.showModal();
  }
}

openMarkedDialogs();

// An address may name a dialog, so that a button of another page leads right into it.
const named = document.getElementById(location.hash.slice(1));
if (named?.matches("dialog")) named.showModal();
