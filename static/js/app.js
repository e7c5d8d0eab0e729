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

  document.querySelectorAll(".js-print").forEach((button) => {
    button.hidden = false;
    button.addEventListener("click", () => window.print());
  });

  const summary = document.querySelector(".summary[tabindex]");
  if (summary) summary.focus();
})();
