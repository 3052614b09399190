/* The theme, the copy buttons and a switch of language that keeps the place. Each page works without. */
"use strict";
(() => {
  const root = document.documentElement;
  const themes = ["auto", "light", "dark"];
  const store = (value) => {
    try {
      if (value !== undefined) localStorage.setItem("theme", value);
      return localStorage.getItem("theme");
    } catch {
      return null; // a browser may forbid storage, above all on file://
    }
  };
  const show = (theme) => {
    if (theme === "light" || theme === "dark") root.dataset.theme = theme;
    else delete root.dataset.theme;
  };
  let theme = themes.includes(store()) ? store() : "auto";
  show(theme); // before anything is painted

  const themeButton = (button) => {
    const name = () => { button.lastElementChild.textContent = button.dataset[theme]; };
    button.addEventListener("click", () => {
      theme = themes[(themes.indexOf(theme) + 1) % themes.length];
      store(theme);
      show(theme);
      name();
    });
    name();
    button.hidden = false;
  };

  const copyText = async (text, from) => {
    try {
      await navigator.clipboard.writeText(text);
      return true;
    } catch {
      getSelection().selectAllChildren(from); // where there is no clipboard, what was meant to be copied is selected
      return document.execCommand("copy");
    }
  };
  const copyButton = (button) => {
    const from = button.parentElement.querySelector("code");
    const said = button.textContent;
    button.addEventListener("click", async () => {
      if (!(await copyText(from.textContent, from))) return;
      button.textContent = button.dataset.done;
      setTimeout(() => { button.textContent = said; }, 2000);
    });
    button.hidden = false;
  };

  /* The other language's page opens at the anchor that the reader is at: the one in the address, else the last that was passed. */
  const keepPlace = (links) => {
    const bare = links.map((link) => link.getAttribute("href").split("#")[0]);
    const marks = () => document.querySelectorAll("main [id]");
    const passed = () => {
      const top = innerHeight / 4;
      let id = "";
      for (const mark of marks()) {
        const box = mark.getBoundingClientRect();
        if (box.height && box.top <= top) id = mark.id;
      }
      return scrollY > top ? id : "";
    };
    const point = () => {
      const target = anchored();
      const box = target && target.getBoundingClientRect();
      const seen = box && box.bottom > 0 && box.top < innerHeight;
      const id = seen ? target.id : passed() || (target ? target.id : "");
      links.forEach((link, number) => link.setAttribute("href", bare[number] + (id ? "#" + encodeURIComponent(id) : "")));
    };
    for (const link of links) for (const kind of ["pointerdown", "focus", "click"]) link.addEventListener(kind, point);
    point();
  };

  /* What an address leads to is opened where it is folded up; browsers do so only for what lies within. */
  const at = (fragment) => {
    try {
      return document.getElementById(decodeURIComponent(fragment));
    } catch {
      return null; // not a fragment of ours
    }
  };
  const anchored = () => at(location.hash.slice(1));
  /* Who has a row's whole id is taken to where it stands: see anchor_of in links.py. */
  const shorten = () => {
    const own = location.pathname.split("/").pop().replace(/html$/, "");
    const short = location.hash.slice(1).replace(/^([a-z]{2})[a-z]*-(?=[0-9a-f]{10})/, "$1").replace(own, "");
    if (!anchored() && at(short)) location.replace("#" + short);
  };
  const unfold = () => {
    shorten();
    const target = anchored();
    if (target instanceof HTMLDetailsElement) target.open = true;
  };
  addEventListener("hashchange", unfold);

  /* A slash leads to the search; on its own page the field takes it. */
  const toSearch = (event) => {
    const link = document.querySelector('.pages a[href$="search.html"]:not([aria-current])');
    if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey || !link || event.target.matches("input, select, textarea")) return;
    event.preventDefault();
    link.click();
  };

  document.addEventListener("DOMContentLoaded", () => {
    document.addEventListener("keydown", toSearch);
    unfold();
    document.querySelectorAll("button.theme").forEach(themeButton);
    document.querySelectorAll(".copy-button").forEach(copyButton);
    keepPlace([...document.querySelectorAll("a.language")]);
  });
})();
