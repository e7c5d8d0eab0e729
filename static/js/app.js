// Small helps for a page that works without them.
(() => {
  "use strict";

  // Leave: forget the session and replace this page, so that Back does not return to it.
  const form = document.querySelector(".js-leave");
  const leave = () => {
    const send = { method: "POST", body: new FormData(form), keepalive: true, redirect: "manual" };
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

  // On a shared phone: a minute before the form closes say so, then save what is typed and close it.
  const closes = document.querySelector(".js-closes");
  const page = document.querySelector("main form.form-big");
  if (closes && page) {
    const before = (minutes) => (Number(closes.dataset.minutes) - minutes) * 60000;
    setTimeout(() => {
      closes.className = "notice warning";
      closes.setAttribute("role", "alert");
      closes.textContent = closes.dataset.soon;
    }, before(1.5));
    setTimeout(() => {
      const keep = Object.assign(document.createElement("input"), { type: "hidden", name: "press", value: "keep" });
      page.append(keep);
      page.submit();
    }, before(0.5));
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
  const parts = document.querySelectorAll("fieldset[data-follows]");
  const openParts = () => parts.forEach((part) => {
    const asked = [...document.getElementsByName(part.dataset.follows)];
    const chosen = asked.some((one) => (one.checked || one.tagName === "SELECT") && part.dataset.when.split(" ").includes(one.value));
    part.hidden = part.disabled = !chosen && !part.querySelector(".q-error");
  });
  if (parts.length) {
    document.addEventListener("change", openParts);
    window.addEventListener("pageshow", openParts);
    openParts();
  }

  document.querySelectorAll(".js-print").forEach((button) => {
    button.hidden = false;
    button.addEventListener("click", () => window.print());
  });

  const summary = document.querySelector(".summary[tabindex]");
  if (summary) summary.focus();
})();
