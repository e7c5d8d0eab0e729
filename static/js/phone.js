// A form taken down on the telephone: what follows from what is typed opens in place. Without a script it opens when saved.
(() => {
  "use strict";
  const form = document.querySelector(".js-part");
  if (!form) return;
  const asks = form.querySelector(".asks");
  let asking = null;

  const look = async () => {
    asking?.abort();
    asking = new AbortController();
    const body = new FormData(form);
    body.set("press", "look");
    const answer = await fetch(location.pathname, { method: "POST", body, signal: asking.signal });
    if (!answer.ok || answer.redirected) return;
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const wanted = [...page.querySelectorAll("[data-ask]")];
    const numbers = wanted.map((one) => one.dataset.ask);
    asks.querySelectorAll("[data-ask]").forEach((one) => {
      if (!numbers.includes(one.dataset.ask) && !one.contains(document.activeElement)) one.remove();
    });
    let before = null;
    wanted.forEach((one) => {
      const here = document.getElementById(one.id);
      if (here) { before = here; return; }
      const made = document.importNode(one, true);
      if (before) before.after(made); else asks.prepend(made);
      before = made;
    });
  };

  form.addEventListener("change", () => { look().catch(() => {}); });
})();
