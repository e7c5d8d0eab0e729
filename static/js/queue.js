// The queue: keys (j and k rows, x tick, ? help), and the list refreshed in place (vendor/htmx). Works without.
(() => {
  "use strict";
  const list = () => document.querySelector("#list");
  const rows = () => [...document.querySelectorAll(".queue tbody tr")];
  const help = document.querySelector("dialog.keys");
  const drawer = document.querySelector("dialog.drawer");
  const link = (row) => row.querySelector(".c-name a");
  const here = (all) => all.findIndex((row) => row.contains(document.activeElement));

  const go = (step) => {
    const all = rows();
    if (!all.length) return;
    const at = here(all);
    const next = at < 0 ? (step > 0 ? 0 : all.length - 1) : Math.min(Math.max(at + step, 0), all.length - 1);
    link(all[next]).focus();
    all[next].scrollIntoView({ block: "nearest" });
  };
  const tick = () => {
    const all = rows();
    all[here(all)]?.querySelector("input[name=case]")?.click();
  };
  const keys = { j: () => go(1), k: () => go(-1), x: tick, "?": () => help?.showModal() };
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || document.querySelector("dialog[open]")) return;
    if (event.target.closest("input:not([type=checkbox]), select, textarea")) return;
    const act = keys[event.key];
    if (!act) return;
    event.preventDefault();
    act();
  });

  // All rows of the page at once; without a script each is ticked by itself.
  document.addEventListener("change", (event) => {
    if (!event.target.matches(".js-all")) return;
    rows().forEach((row) => { row.querySelector("input[name=case]").checked = event.target.checked; });
  });

  // What a script alone makes useful, each time the list is there anew.
  const dress = () => {
    document.querySelectorAll(".js-all, .keys-hint").forEach((one) => { one.hidden = false; });
    document.querySelector(".line-tabs [aria-current]")?.scrollIntoView({ block: "nearest", inline: "center" });
  };
  dress();

  // The list alone is fetched for a tab, a filter or a page. Whatever else answers is opened as a page.
  document.addEventListener("htmx:configRequest", ({ detail }) => {
    [...detail.formData.entries()].forEach(([name, value]) => { if (!value) detail.formData.delete(name); });
  });
  document.addEventListener("htmx:beforeRequest", () => list()?.setAttribute("aria-busy", "true"));
  document.addEventListener("htmx:beforeSwap", (event) => {
    const { xhr, target } = event.detail;
    const wanted = target?.closest?.("dialog.drawer") ? "<form" : 'id="list"';
    if (xhr.status === 200 && xhr.responseText.includes(wanted)) return;
    event.preventDefault();
    location.href = xhr.responseURL || location.href;
  });
  document.addEventListener("htmx:sendError", (event) => { location.href = event.detail.pathInfo.requestPath; });
  document.addEventListener("htmx:afterSettle", (event) => {
    if (event.detail.target?.closest?.("dialog.drawer")) {
      drawer.showModal();
      drawer.querySelector("select")?.focus();
      return;
    }
    if (drawer?.open) drawer.close();
    dress();
    // A press whose link is gone leaves the keyboard at the list, not at the top of the page.
    if (document.activeElement === document.body) list()?.focus({ preventScroll: true });
  });
  drawer?.addEventListener("click", (event) => { if (event.target === drawer) drawer.close(); });
})();
