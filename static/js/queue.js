// Keys for the queue: / search, j and k rows, x tick, ? help. The page works without them.
(() => {
  "use strict";
  const rows = [...document.querySelectorAll(".queue tbody tr")];
  const help = document.querySelector("dialog.keys");
  const hint = document.querySelector(".keys-hint");
  if (hint) hint.hidden = false;

  const link = (row) => row.querySelector(".c-name a");
  const here = () => rows.findIndex((row) => row.contains(document.activeElement));
  const go = (step) => {
    if (!rows.length) return;
    const at = here();
    const next = at < 0 ? (step > 0 ? 0 : rows.length - 1) : Math.min(Math.max(at + step, 0), rows.length - 1);
    link(rows[next]).focus();
    rows[next].scrollIntoView({ block: "nearest" });
  };
  const tick = () => {
    const box = rows[here()]?.querySelector("input[name=case]");
    if (box) box.click();
  };
  const keys = {
    "/": () => document.getElementById("top-search")?.focus(),
    j: () => go(1),
    k: () => go(-1),
    x: tick,
    "?": () => help?.showModal(),
  };
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || help?.open) return;
    if (event.target.closest("input:not([type=checkbox]), select, textarea")) return;
    const act = keys[event.key];
    if (!act) return;
    event.preventDefault();
    act();
  });

  // All rows of the page at once; without a script each is ticked by itself.
  const all = document.querySelector(".js-all");
  if (all) {
    all.hidden = false;
    all.addEventListener("change", () => {
      rows.forEach((row) => { row.querySelector("input[name=case]").checked = all.checked; });
    });
  }
  document.querySelector(".line-tabs [aria-current]")?.scrollIntoView({ block: "nearest", inline: "center" });
})();
