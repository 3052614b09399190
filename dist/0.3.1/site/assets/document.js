/* Documents and objectives: what is marked stays chosen, the tree follows the reader, a passage shows its permanent link, a list is filtered. */
"use strict";
(() => {
  const all = (selector, from = document) => [...from.querySelectorAll(selector)];
  const stored = (key, value) => {
    try {
      if (value !== undefined) localStorage.setItem(key, value);
      return localStorage.getItem(key);
    } catch {
      return null; // a browser may forbid storage, above all on file://
    }
  };

  /* The legend works by CSS alone; here it is remembered from document to document. */
  const keepChoices = (boxes) => {
    const hidden = new Set((stored("marks-hidden") || "").split(" "));
    for (const box of boxes) {
      box.checked = !hidden.has(box.id);
      box.addEventListener("change", () => stored("marks-hidden", boxes.filter((each) => !each.checked).map((each) => each.id).join(" ")));
    }
  };

  const followReader = (tree) => {
    const links = new Map(all("a", tree).map((link) => [decodeURIComponent(link.hash.slice(1)), link]));
    const sections = [...links.keys()].map((id) => document.getElementById(id)).filter(Boolean);
    let current = null;
    const mark = () => {
      let passed = null;
      for (const section of sections) if (section.getBoundingClientRect().top <= innerHeight / 4) passed = section;
      const link = passed && links.get(passed.id);
      if (link === current) return;
      if (current) current.removeAttribute("aria-current");
      current = link;
      if (!link) return;
      link.setAttribute("aria-current", "true");
      const pane = link.closest("details");
      if (pane.scrollHeight > pane.clientHeight) pane.scrollTop = link.offsetTop - pane.offsetTop - pane.clientHeight / 3;
    };
    let waiting = false;
    addEventListener("scroll", () => {
      if (!waiting) requestAnimationFrame(() => { waiting = false; mark(); });
      waiting = true;
    }, { passive: true });
    mark();
  };

  /* One link for all passages: it goes to the one under the pointer or the focus; arrows take it from passage to passage. A task or
     a measure has a second one, to its place in the list of objectives, which knows it by its passage. */
  const permanentLink = (text) => {
    const link = document.createElement("a");
    link.className = "p";
    link.textContent = "¶";
    const listed = link.cloneNode();
    listed.textContent = "▸";
    listed.title = text.dataset.listed;
    listed.setAttribute("aria-label", text.dataset.listed);
    const kinds = ":is(p, tr, h2, h3, h4, h5, h6)[id]";
    const passages = () => all(kinds, text).filter((each) => each.offsetParent);
    const goTo = (passage) => { // a heading stands for its section, which has an id that says its number
      link.href = "#" + encodeURIComponent(passage.matches("p, tr") ? passage.id : passage.closest("section").id);
      link.setAttribute("aria-label", "¶ " + passage.textContent.slice(0, 40));
      (passage.matches("tr") ? passage.lastElementChild : passage).append(link);
      listed.href = text.dataset.list + "#" + encodeURIComponent(passage.id);
      if (passage.closest(".m")) link.after(listed);
      else listed.remove();
    };
    const found = (event) => {
      const passage = event.target.closest && event.target.closest(kinds);
      if (passage && !passage.contains(link)) goTo(passage);
    };
    passages().slice(0, 1).forEach(goTo); // where the keyboard finds it
    text.addEventListener("pointermove", found); // not pointerover: a text that scrolls below a resting pointer takes it from no keyboard
    text.addEventListener("focusin", found);
    text.addEventListener("keydown", (event) => {
      const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
      if (!step || !event.target.matches(".p")) return;
      const own = passages();
      const next = own[own.indexOf(event.target.closest(kinds)) + step];
      if (!next) return;
      event.preventDefault();
      goTo(next);
      link.focus();
    });
  };

  /* A measure below a task has the task's link alone; with the list of passages each gets its own. */
  const linkPassages = (list) => {
    const anchors = list.dataset.passages.split(" ");
    all("li[id]", list).filter((row) => !row.querySelector(":scope > a")).forEach((row, number) => {
      const anchor = anchors[number];
      if (!anchor || anchor === "-") return;
      const link = document.createElement("a");
      link.href = list.dataset.document + "#" + (/^[0-9a-f]{10}$/.test(anchor) ? "se" + anchor : anchor);
      row.prepend(link);
      link.append(link.nextSibling);
    });
  };

  /* A row of the list is shown if it, or one within it, is of the chosen type, body and year and holds the words. */
  const filter = (form) => {
    const list = document.querySelector("div.goals");
    const rows = all("li[id]", list);
    const fold = (words) => words.normalize("NFKC").toLowerCase();
    const texts = new Map(rows.map((row) => [row, fold([...row.childNodes].filter((each) => each.nodeName !== "UL").map((each) => each.textContent).join(" "))]));
    const wants = {
      type: (row, value) => row.matches(value === "m" ? ":not(.g, .r, .t)" : "." + value),
      body: (row, value) => all(":scope > .who a", row).some((link) => link.hash === "#" + value),
      year: (row, value) => all(":scope > time", row).some((time) => time.dateTime === value),
      words: (row, value) => fold(value).split(/\s+/u).every((word) => texts.get(row).includes(word)),
    };
    const choice = form.elements.body;
    const named = new Map(all(".who a", list).map((link) => [link.hash.slice(1), link.textContent]));
    for (const [id, name] of [...named].sort((a, b) => a[1].localeCompare(b[1], document.documentElement.lang))) choice.append(new Option(name, id));
    const shown = form.querySelector("output");
    const apply = () => {
      const chosen = [...new FormData(form)].filter(([, value]) => value.trim());
      let count = 0;
      for (const row of rows.slice().reverse()) { // what is within a row comes before it
        const fits = chosen.every(([name, value]) => wants[name](row, value.trim()));
        count += fits;
        row.hidden = !fits && !all(":scope > ul > li", row).some((each) => !each.hidden);
        row.classList.toggle("way", !fits && !row.hidden);
      }
      let below = -1; // the depth of the section shown next, which keeps the headings above it
      for (const section of all("section", list).reverse()) {
        const depth = Number(section.className.slice("depth".length));
        section.hidden = below <= depth && !all("li[id]", section).some((row) => !row.hidden);
        if (!section.hidden) below = depth;
      }
      shown.textContent = shown.dataset.some.replace("##", rows.length.toLocaleString("en")).replace("#", count.toLocaleString("en"));
    };
    form.addEventListener("input", apply);
    form.addEventListener("submit", (event) => event.preventDefault());
    form.addEventListener("keydown", (event) => {
      if (event.key !== "Escape") return;
      form.reset();
      apply();
    });
    form.hidden = false;
    apply();
  };

  /* A passage instead of a row in the address, as a document's page gives it: on to the row that leads to this passage. */
  const findPassage = (list) => {
    let id = "";
    try {
      id = decodeURIComponent(location.hash.slice(1));
    } catch {
      return; // not a fragment of ours
    }
    if (!id || document.getElementById(id)) return;
    const row = all("li[id] > a", list).find((link) => decodeURIComponent(link.hash.slice(1)) === id);
    if (row) location.replace("#" + row.parentElement.id);
  };

  keepChoices(all(".legend input[type=checkbox]"));
  for (const tree of all(".tree")) {
    if (matchMedia("(max-width: 75.99rem)").matches) tree.querySelector("details").open = false;
    followReader(tree);
  }
  all(".text").forEach(permanentLink);
  all("div.goals").forEach(linkPassages);
  all("form.filter").forEach(filter);
  all("div.goals").forEach(findPassage);
})();
