// A form that asks the browser for a passkey and sends what it says. The page works without it: another way is offered.
(() => {
  "use strict";
  const can = window.PublicKeyCredential && navigator.credentials && window.webauthnJSON;

  document.querySelectorAll(".js-passkey").forEach((form) => {
    const part = (name) => form.querySelector(`[data-${name}]`);
    if (!can) return;
    part("missing").hidden = true;
    const start = part("start");
    start.hidden = false;
    start.addEventListener("click", async () => {
      part("problem").hidden = true;
      start.disabled = true;
      try {
        const options = JSON.parse(document.getElementById(form.dataset.options).textContent);
        const credential = await window.webauthnJSON[form.dataset.verb](options);
        form.querySelector("[name=credential]").value = JSON.stringify(credential);
        form.submit();
      } catch {
        part("problem").hidden = false;
        start.disabled = false;
        start.focus();
      }
    });
  });
})();
