// Keys of every page of staff: / goes to the search. Pages work without it.
(() => {
  "use strict";
  const search = document.querySelector("#top-search");
  document.addEventListener("keydown", (event) => {
    const typing = event.target.matches?.("input:not([type=checkbox]), select, textarea, [contenteditable]");
    if (event.key !== "/" || typing || event.ctrlKey || event.metaKey || event.altKey) return;
    if (!search || document.querySelector("dialog[open]")) return;
    event.preventDefault();
    search.focus();
  });
})();
