// Drag an exhibit to its place. Up and Down do the same by keyboard, and without a script.
(() => {
  "use strict";
  const list = document.querySelector(".js-drag");
  const form = document.querySelector(".js-arrange");
  if (!list || !form || list.children.length < 2) return;
  const rows = () => [...list.querySelectorAll("[data-exhibit]")];
  const ids = () => rows().map((row) => row.dataset.exhibit).join(",");
  const hint = document.querySelector(".js-drag-hint");
  if (hint) hint.hidden = false;
  let dragged = null;
  let before = "";
  rows().forEach((row) => { row.draggable = true; });

  list.addEventListener("dragstart", (event) => {
    dragged = event.target.closest("[data-exhibit]");
    before = ids();
    event.dataTransfer.effectAllowed = "move";
    event.dataTransfer.setData("text/plain", "");
  });
  list.addEventListener("dragover", (event) => {
    const over = event.target.closest("[data-exhibit]");
    if (!dragged) return;
    event.preventDefault();
    if (!over || over === dragged) return;
    const box = over.getBoundingClientRect();
    over[event.clientY > box.top + box.height / 2 ? "after" : "before"](dragged);
  });
  list.addEventListener("dragend", () => {
    if (!dragged) return;
    dragged = null;
    if (ids() === before) return;
    form.elements.ids.value = ids();
    form.requestSubmit();
  });
})();
