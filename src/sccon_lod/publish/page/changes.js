"use strict";
(() => {
  const byId = (id) => document.getElementById(id);
  const articles = [...document.querySelectorAll("article")].map((element) => ({
    element, kind: element.className, text: element.textContent.toLocaleLowerCase(),
  }));

  function speak(language) {
    document.documentElement.lang = language;
    for (const each of document.querySelectorAll("[data-language]")) {
      each.setAttribute("aria-pressed", String(each.dataset.language === language));
    }
  }

  function find() {
    const words = byId("query").value.toLocaleLowerCase().split(/\s+/).filter(Boolean);
    const kinds = new Set([...document.querySelectorAll("#kinds input:checked")].map((each) => each.value));
    let count = 0;
    for (const each of articles) {
      each.element.hidden = !(kinds.has(each.kind) && words.every((one) => each.text.includes(one)));
      count += each.element.hidden ? 0 : 1;
    }
    byId("count").textContent = `${count} / ${articles.length}`;
  }

  let waiting = 0;
  byId("controls").hidden = false;
  byId("controls").addEventListener("submit", (event) => event.preventDefault());
  byId("query").addEventListener("input", () => { clearTimeout(waiting); waiting = setTimeout(find, 120); });
  byId("kinds").addEventListener("change", find);
  for (const each of document.querySelectorAll("[data-language]")) {
    each.addEventListener("click", () => speak(each.dataset.language));
  }
  speak(document.documentElement.lang);
  find();
})();
