// Keys for a case, and the way back to the list one came from. Every page works without them.
(() => {
  "use strict";

  // The cases of the list that is open, in its order: kept in this tab alone, and only as addresses.
  const KEY = "cases-listed";
  const CASE = /^\/cases\/[0-9a-f-]{36}\/$/;
  const head = document.querySelector(".case-head");
  const path = (link) => new URL(link.href, location.href).pathname;
  const read = () => { try { return JSON.parse(sessionStorage.getItem(KEY)) || null; } catch { return null; } };

  if (!head) {
    document.addEventListener("click", (event) => {
      const link = event.target.closest && event.target.closest("main a[href]");
      if (!link || !CASE.test(path(link))) return;
      const listed = [...document.querySelectorAll("main a[href]")].map(path).filter((one) => CASE.test(one));
      const list = { from: location.pathname + location.search, cases: [...new Set(listed)] };
      try { sessionStorage.setItem(KEY, JSON.stringify(list)); } catch { /* a browser that keeps nothing */ }
    }, true);
    return;
  }

  // An address of the page as it was before it had tabs: its parts have addresses of their own now.
  const own = location.pathname.match(/^\/cases\/[0-9a-f-]{36}\//)[0];
  const moved = { names: "people", evidence: "evidence", seen: "messages", told: "told-us", papers: "papers" };
  const part = location.hash.slice(1).split("-")[0];
  if (location.pathname === own && moved[part] && !document.getElementById(location.hash.slice(1))) {
    location.replace(`${own}${moved[part]}/${location.hash}`);
    return;
  }

  const list = read();
  const place = list ? list.cases.indexOf(own) : -1;
  const go = (name, to) => {
    const link = head.querySelector(`[data-${name}]`);
    if (!link || !to) return;
    link.href = to;
    link.hidden = false;
  };
  if (place >= 0) {
    go("previous", list.cases[place - 1]);
    go("next", list.cases[place + 1]);
    const back = head.querySelector("[data-list]");
    back.href = list.from;
    back.querySelector("[data-list-words]").append(` ${place + 1} / ${list.cases.length}`);
  }

  // Scroll the tab that is open into view on a phone, without moving the page.
  const tabs = head.querySelector(".case-tabs");
  const here = tabs && tabs.querySelector("[aria-current]");
  if (here) tabs.scrollLeft = here.offsetLeft - tabs.offsetLeft - 40;

  const keys = document.querySelector("dialog.keys");
  const press = {
    "?": () => { if (keys) keys.showModal(); },
    j: () => { const link = head.querySelector("[data-next]"); if (link && !link.hidden) link.click(); },
    k: () => { const link = head.querySelector("[data-previous]"); if (link && !link.hidden) link.click(); },
  };
  document.addEventListener("keydown", (event) => {
    const typing = event.target.matches && event.target.matches("input, select, textarea, [contenteditable]");
    if (typing || event.ctrlKey || event.metaKey || event.altKey || !press[event.key]) return;
    if (keys && keys.open) return;
    event.preventDefault();
    press[event.key]();
  });
})();
