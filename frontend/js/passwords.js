// A box that shows the passwords of its form: useless without a script, so it is hidden until here.
for (const box of document.querySelectorAll("[data-show-passwords]")) {
  const fields = [...box.closest("form").querySelectorAll("[type=password]")];
  const tick = box.querySelector("input");
  const show = () => fields.forEach((field) => (field.type = tick.checked ? "text" : "password"));
  box.hidden = false;
  tick.checked = false; // a browser ticks it again when it comes back to the page
  tick.addEventListener("change", show);
  // Sent as a password, else the browser would keep it among the words typed before.
  box.closest("form").addEventListener("submit", () => {
    tick.checked = false;
    show();
  });
}
