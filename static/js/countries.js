// A long list of countries becomes one that is searched; without a script it stays a list (widgets/countries.html).
(() => {
  "use strict";

  // Letters as people type them: without what stands on them, and alif, ya and ta marbuta in one form each.
  const plain = (text) => text.toLowerCase().normalize("NFKD").replace(/[\u0300-\u036f\u0640\u064b-\u0655]/g, "")
    .replace(/\u0649/g, "\u064a").replace(/\u0629/g, "\u0647").replace(/[^0-9a-z\u0600-\u06ff]+/g, " ").trim();

  document.querySelectorAll(".js-countries").forEach((box) => {
    const MOST = 8;
    const rest = box.querySelector(".js-rest");
    const select = rest.querySelector("select");
    const tiles = box.querySelector(".js-tiles");
    const field = box.querySelector("input[type=search]");
    const said = box.querySelector(".js-said");
    const others = [...select.options].map((option) => ({ code: option.value, name: option.text, key: plain(option.text) }));

    const tile = ({ code, name }) => {
      const made = tiles.querySelector(".tile").cloneNode(true);
      const input = made.querySelector("input");
      const label = made.querySelector("label");
      Object.assign(input, { id: select.id + code, value: code, checked: false });
      Object.assign(label, { htmlFor: input.id, textContent: name });
      made.dataset.found = "yes";
      made.hidden = false;  // the one it is a copy of may not fit what is typed
      return made;
    };
    const fits = (key, typed) => key.startsWith(typed) || key.includes(" " + typed) || (typed.length > 2 && key.includes(typed));

    const look = () => {
      const typed = plain(field.value);
      tiles.querySelectorAll("[data-found]").forEach((one) => { if (!one.querySelector("input").checked) one.remove(); });
      let found = 0;
      tiles.querySelectorAll(".tile").forEach((one) => {
        const is = !typed || one.querySelector("input").checked || fits(plain(one.textContent), typed);
        one.hidden = !is;
        if (is && typed) found += 1;
      });
      if (typed) {
        const there = new Set([...tiles.querySelectorAll("input")].map((input) => input.value));
        const right = others.filter(({ code, key }) => !there.has(code) && fits(key, typed)).slice(0, MOST);
        right.forEach((one) => tiles.append(tile(one)));
        found += right.length;
      }
      said.textContent = typed ? (found ? said.dataset.found : said.dataset.nothing).replace("0", found) : "";
    };

    rest.hidden = true;
    select.disabled = true;  // what is chosen stands in the tiles
    box.querySelector(".js-find").hidden = false;
    field.addEventListener("input", look);
    field.addEventListener("keydown", (event) => { if (event.key === "Enter") event.preventDefault(); });
  });
})();
