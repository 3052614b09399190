"use strict";
// Filters and sorts what a page holds already. Without this script everything is there, in the order of the page.
(() => {
  const fold = (text) => text.normalize("NFKC").toLowerCase();

  const filter = (form) => {
    const place = document.getElementById(form.dataset.for);
    const items = [...place.querySelectorAll(place.tagName === "TABLE" ? ":scope > tbody > tr" : ".differences > li")];
    const words = new Map();
    const count = form.querySelector(".count");
    const nothing = document.querySelector(".nothing");
    const controls = [...form.elements].filter((control) => control.name);
    const fits = (item, control) => {
      if (control.name !== "text") return control.value === "*" || item.closest("[data-kind], tr").dataset[control.name] === control.value;
      if (!words.has(item)) words.set(item, fold(item.textContent));
      return fold(control.value).split(/\s+/).every((word) => words.get(item).includes(word));
    };
    const run = () => {
      let shown = 0;
      for (const item of items) {
        item.hidden = !controls.every((control) => fits(item, control));
        shown += item.hidden ? 0 : 1;
      }
      for (const group of place.querySelectorAll("section")) group.hidden = !group.querySelector("li:not([hidden])");
      count.textContent = count.dataset.some.replace("##", items.length.toLocaleString("en")).replace("#", shown.toLocaleString("en"));
      nothing.hidden = shown > 0;
    };
    form.addEventListener("input", run);
    form.addEventListener("submit", (event) => event.preventDefault());
    // A link to a row that is filtered away shows it again.
    addEventListener("hashchange", () => {
      let target = null;
      try {
        target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
      } catch {
        return; // not a fragment of ours
      }
      if (target && items.includes(target) && target.hidden) {
        form.reset();
        run();
        target.scrollIntoView();
      }
    });
    form.hidden = false;
    run();
  };

  const sort = (table) => {
    const body = table.tBodies[0];
    const first = [...body.rows];
    const heads = [...table.tHead.rows[0].cells];
    const collator = new Intl.Collator(document.documentElement.lang, { numeric: true });
    const value = (row, column) => row.cells[column].dataset.value ?? row.cells[column].textContent.trim();
    // What has no number stands last, whichever way the others go.
    const compare = (column, numbers, sign) => (a, b) => {
      const [x, y] = [value(a, column), value(b, column)];
      if (!numbers) return sign * collator.compare(x, y);
      const [p, q] = [parseFloat(x.replace(/,/g, "")), parseFloat(y.replace(/,/g, ""))];
      return Number.isNaN(p) || Number.isNaN(q) ? Number.isNaN(p) - Number.isNaN(q) : sign * (p - q);
    };
    const next = { null: "ascending", ascending: "descending", descending: null };
    heads.forEach((head, column) => {
      if (!("sort" in head.dataset)) return;
      const button = document.createElement("button");
      button.type = "button";
      button.append(...head.childNodes);
      head.append(button);
      button.addEventListener("click", () => {
        const order = next[head.getAttribute("aria-sort")];
        for (const other of heads) other.removeAttribute("aria-sort");
        if (order) head.setAttribute("aria-sort", order);
        body.append(...(order ? first.toSorted(compare(column, head.dataset.sort === "number", order === "ascending" ? 1 : -1)) : first));
      });
    });
  };

  document.querySelectorAll("table.rows").forEach(sort);
  document.querySelectorAll("form.filter").forEach(filter);
})();
