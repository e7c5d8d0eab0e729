// Small helps for a page that works without them.
(() => {
  "use strict";

  // Leave: forget the session and replace this page, so that Back does not return to it.
  const form = document.querySelector(".js-leave");
  const leave = () => {
    const send = { method: "POST", body: new FormData(form), keepalive: true };
    fetch(form.action, send).catch(() => {});
    document.documentElement.hidden = true;
    location.replace(form.dataset.neutralUrl);
  };
  if (form) {
    form.addEventListener("submit", (event) => { event.preventDefault(); leave(); });
    let lastEscape = 0;
    document.addEventListener("keydown", (event) => {
      if (event.key !== "Escape") return;
      if (Date.now() - lastEscape < 600) leave();
      lastEscape = Date.now();
    });
  }

  // One press, one submission; a page that comes back from the cache can be used again.
  document.querySelectorAll("form[method=post]:not(.js-leave)").forEach((one) => {
    one.addEventListener("submit", () => {
      setTimeout(() => one.querySelectorAll("button[type=submit]").forEach((button) => { button.disabled = true; }), 0);
    });
  });
  window.addEventListener("pageshow", () => {
    document.querySelectorAll("button[type=submit]:disabled").forEach((button) => { button.disabled = false; });
  });

  // On a shared phone: a minute and a half before the page closes say so, then save what is typed and close it.
  // By the clock and not by timers alone: those stand still while the phone sleeps.
  const closes = document.querySelector(".js-closes");
  if (closes) {
    const keeps = document.querySelector("main form.js-keeps");
    const opened = Date.now();
    const left = () => Number(closes.dataset.minutes) * 60000 - (Date.now() - opened);
    const press = (value) => {
      keeps.append(Object.assign(document.createElement("input"), { type: "hidden", name: "press", value }));
      keeps.submit();
    };
    const more = () => { if (keeps) press("more-time"); else location.replace(location.href); };
    const warn = () => {
      const button = Object.assign(document.createElement("button"), {
        type: "button", className: "btn go", textContent: closes.dataset.more,
      });
      button.addEventListener("click", more);
      closes.className = "notice warning";
      closes.setAttribute("role", "alert");
      closes.textContent = keeps ? closes.dataset.soonKeeps : closes.dataset.soon;
      closes.append(button);
    };
    let warned = false;
    const look = () => {
      if (left() <= 30000) {
        clearInterval(looking);
        document.documentElement.hidden = true;
        if (keeps && left() > 0) press("keep"); else location.replace(closes.dataset.closed);
      } else if (left() <= 90000 && !warned) {
        warned = true;
        warn();
      }
    };
    const looking = setInterval(look, 5000);
    document.addEventListener("visibilitychange", look);
    if (keeps) closes.textContent = closes.dataset.keeps;
  }

  // A page that waits for work of ours looks again by itself, and goes on once there is something else to show.
  if (document.querySelector(".js-waits")) {
    let looks = 30;  // then by its link: a page left open must not keep anybody signed in
    const again = setInterval(() => {
      if (--looks < 0) { clearInterval(again); return; }
      fetch(location.href).then(async (answer) => {
        const shown = await answer.text();
        if (answer.ok && !answer.redirected && shown.includes("js-waits")) return;
        clearInterval(again);
        location.replace(answer.ok ? answer.url : location.href);
      }).catch(() => {});
    }, 2000);
  }

  // What follows from an answer is there only after that answer; without a script it comes with the next page.
  const openParts = () => document.querySelectorAll("fieldset[data-follows]").forEach((part) => {
    const asked = [...document.getElementsByName(part.dataset.follows)];
    const chosen = asked.some((one) => (one.checked || one.tagName === "SELECT") && part.dataset.when.split(" ").includes(one.value));
    part.hidden = part.disabled = !chosen && !part.querySelector(".q-error, .wrong");
  });
  document.addEventListener("change", openParts);
  window.addEventListener("pageshow", openParts);
  openParts();

  // Words selected in a text stand in the form that marks them; without a script they are copied there by hand.
  const marks = document.querySelector("[data-marks]");
  if (marks) {
    document.addEventListener("selectionchange", () => {
      const chosen = getSelection();
      const within = chosen.anchorNode?.parentElement?.closest(".passage p, .rows p");
      if (within && chosen.toString().trim()) marks.value = chosen.toString().trim();
    });
  }

  document.querySelectorAll(".js-print").forEach((button) => {
    button.hidden = false;
    button.addEventListener("click", () => window.print());
  });

  const summary = document.querySelector(".summary[tabindex]");
  if (summary) summary.focus();
})();
