"use strict";
// Searches everything, in every language, as you type. The index comes in parts, each a script that calls policySearch.
(() => {
  const HAN = /\p{Script=Han}/u;
  const RUNS = /\p{Script=Han}+|(?:(?!\p{Script=Han})[\p{L}\p{M}\p{N}])+/gu;
  const AT_FIRST = 6, MORE = 30, AROUND = 100;
  const here = document.documentElement.lang;

  const form = document.querySelector("form.search");
  const input = form.querySelector("input");
  const status = form.querySelector(".status");
  const rest = document.querySelector(".rest");
  const groups = [...document.querySelectorAll("#results > section")];
  const tags = new Map(form.dataset.tags.trim().split(" ").map((pair) => pair.split("=")));
  const language = [...tags].find(([, tag]) => tag === here)[0];
  const links = () => [...document.querySelectorAll("#results section:not([hidden]) a")];
  const number = (count) => count.toLocaleString("en");

  const fold = (text) => text.normalize("NFKC").toLowerCase();
  const pairs = (run) => Array.from({ length: Math.max(run.length - 1, 1) }, (_, at) => run.slice(at, at + 2));
  // Chinese goes in pairs of characters, and the last character alone, so that any one of them begins a term.
  const terms = (text) => (fold(text).match(RUNS) ?? []).flatMap((run) => (HAN.test(run) ? [...pairs(run), run.slice(-1)] : [run]));
  const asked = (text) => (fold(text).match(RUNS) ?? []).flatMap((run) => (HAN.test(run) ? pairs(run) : [run]));

  const entries = [];
  const titles = new Map();
  const index = new MiniSearch({
    fields: [...tags.keys()],
    extractField: (entry, field) => (field === "id" ? entry.id : entry.words[field]),
    tokenize: terms,
    processTerm: (term) => term,
    searchOptions: {
      tokenize: asked,
      combineWith: "AND",
      prefix: (term) => (HAN.test(term) ? term.length === 1 : term.length > 1),
      fuzzy: (term) => (HAN.test(term) || /\d/.test(term) || term.length < 5 ? false : 0.15),
      weights: { prefix: 0.6, fuzzy: 0.2 },
    },
  });

  // Parts, one after the other: what has a name at once, the sentences as soon as somebody searches.
  let parts = 1, read = 0, wanted = 1, limit = Number(form.dataset.atOnce), reading = false, failed = false;
  let added = Promise.resolve();
  const unpacked = (packed) => {
    const bytes = Uint8Array.from(atob(packed), (char) => char.charCodeAt(0));
    return new Response(new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"))).json();
  };
  const add = (lists) => {
    const more = [];
    for (const [kind, page, language, begin, pairs] of lists) {
      for (const [anchor, words] of pairs) {
        more.push({ id: entries.length + more.length, kind, page, anchor: begin + anchor, words: language ? { [language]: words } : words });
      }
    }
    for (const entry of more) if (entry.kind === 0) titles.set(entry.page, entry.words);
    entries.push(...more);
    index.addAll(more);
  };
  globalThis.policySearch = (part, all, packed) => {
    parts = all;
    added = unpacked(packed).then(add);
  };
  const load = () => {
    if (reading || failed || read >= Math.min(wanted, parts)) return;
    reading = true;
    const script = document.createElement("script");
    script.src = form.dataset.part.replace("0.js", `${read}.js`);
    const fail = () => {
      failed = true;
      show();
    };
    script.onload = () => added.then(() => {
      read += 1;
      reading = false;
      show();
      setTimeout(load);
    }, fail);
    script.onerror = fail;
    document.head.append(script);
  };

  // Where the found terms stand in a wording, as [start, end) in order.
  const spans = (text, found, literal) => {
    const marked = [];
    // What holds a phrase whole has that marked, and not its characters elsewhere.
    const plain = fold(text);
    const whole = HAN.test(literal) && plain.length === text.length;
    for (let at = whole ? plain.indexOf(literal) : -1; at >= 0; at = plain.indexOf(literal, at + literal.length)) {
      marked.push([at, at + literal.length]);
    }
    if (marked.length) return marked;
    for (const run of text.matchAll(RUNS)) {
      if (!HAN.test(run[0])) {
        if (found.has(fold(run[0]))) marked.push([run.index, run.index + run[0].length]);
        continue;
      }
      for (const term of found) {
        for (let at = run[0].indexOf(term); HAN.test(term) && at >= 0; at = run[0].indexOf(term, at + 1)) {
          marked.push([run.index + at, run.index + at + term.length]);
        }
      }
    }
    marked.sort((a, b) => a[0] - b[0] || a[1] - b[1]);
    return marked.reduce((kept, [start, end]) => {
      const last = kept.at(-1);
      if (last && start <= last[1]) last[1] = Math.max(last[1], end);
      else kept.push([start, end]);
      return kept;
    }, []);
  };

  const element = (tag, kind, text) => Object.assign(document.createElement(tag), { className: kind, textContent: text });

  const excerpt = (text, found) => {
    const marked = spans(text, found, fold(last).trim());
    const from = Math.max(0, (marked[0]?.[0] ?? 0) - AROUND), to = Math.min(text.length, from + 3 * AROUND);
    // Neither end in the middle of a word, where words are parted by blanks.
    const low = from && from + text.slice(from, from + 20).search(/\s/) + 1;
    const high = to === text.length ? to : to - Math.max(0, text.slice(to - 20, to).match(/\s\S*$/)?.[0].length ?? 0);
    const words = element("span", "words", low > 0 ? "…" : "");
    let at = low;
    for (const [start, end] of marked.filter((span) => span[1] <= high)) {
      words.append(text.slice(at, start), element("mark", "", text.slice(start, end)));
      at = end;
    }
    words.append(text.slice(at, high) + (high < text.length ? "…" : ""));
    return words;
  };

  const item = (result) => {
    const entry = entries[result.id];
    const matched = Object.values(result.match).flat();
    const said = matched.includes(language) ? language : matched[0];
    const link = document.createElement("a");
    link.href = encodeURI(entry.page) + (entry.anchor ? `#${encodeURIComponent(entry.anchor)}` : "");
    const words = excerpt(entry.words[said], new Set(result.terms));
    if (said !== language) words.lang = tags.get(said);
    link.append(words);
    const title = entry.kind === 0 ? null : titles.get(entry.page);
    if (title) {
      const own = title[language] ? language : Object.keys(title)[0];
      const where = element("span", "where", title[own]);
      if (own !== language) where.lang = tags.get(own);
      link.append(where);
    }
    const line = document.createElement("li");
    line.append(link);
    return line;
  };

  let last = "";
  let results = groups.map(() => []);
  const extend = (kind, count) => {
    const list = groups[kind].querySelector("ol");
    const from = list.children.length;
    list.append(...results[kind].slice(from, from + count).map(item));
    groups[kind].querySelector("button").hidden = list.children.length >= results[kind].length;
    return list.children[from];
  };

  const find = (query) => {
    const literal = fold(query).trim();
    const exact = (result) => Object.values(entries[result.id].words).some((text) => fold(text).includes(literal));
    const [first, others] = [[], []];
    for (const result of index.search(query)) (exact(result) ? first : others).push(result);
    // A phrase without spaces is meant as one: what holds it whole goes before, and alone where there is any.
    return HAN.test(literal) && first.length > 0 ? first : [...first, ...others];
  };

  const show = () => {
    const query = input.value.trim();
    const found = asked(query).length ? find(query) : [];
    const again = query === last;
    last = query;
    const shown = groups.map((group) => group.querySelector("ol").children.length);
    const held = document.activeElement.closest("#results a")?.href;
    results = groups.map((_, kind) => found.filter((result) => entries[result.id].kind === kind));
    groups.forEach((group, kind) => {
      group.hidden = results[kind].length === 0;
      group.querySelector("h2 span").textContent = number(results[kind].length);
      group.querySelector("ol").replaceChildren();
      extend(kind, again ? Math.max(AT_FIRST, shown[kind]) : AT_FIRST);
    });
    if (held) links().find((link) => link.href === held)?.focus();
    const texts = form.dataset;
    const said = !query ? "" : found.length ? texts.found.replace("#", number(found.length)) : texts.nothing;
    const more = query && read < parts ? texts.reading.replace("##", number(parts)).replace("#", number(read)) : "";
    status.textContent = [said, failed ? texts.failed : more].filter(Boolean).join(" ");
    rest.hidden = !query || parts <= limit || failed;
  };

  let timer;
  const search = () => {
    wanted = input.value.trim() ? limit : wanted;
    load();
    show();
    history.replaceState(null, "", input.value.trim() ? `#q=${encodeURIComponent(input.value.trim())}` : location.pathname.split("/").at(-1));
  };
  input.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(search, 60);
  });
  rest.addEventListener("click", () => {
    limit = wanted = Infinity;
    load();
    show();
  });
  groups.forEach((group, kind) => group.querySelector("button").addEventListener("click", () => extend(kind, MORE).querySelector("a").focus()));

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    links()[0]?.click();
  });
  document.addEventListener("keydown", (event) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    const all = links(), at = all.indexOf(document.activeElement);
    if (step && (at >= 0 || (document.activeElement === input && step > 0))) {
      event.preventDefault();
      (at + step < 0 ? input : all[Math.min(at + step, all.length - 1)])?.focus();
    } else if (event.key === "Escape" && document.activeElement !== input) {
      input.focus();
    } else if (event.key === "/" && !document.activeElement.matches("input, select, textarea")) {
      event.preventDefault();
      input.focus();
    }
  });

  // The other language's page is asked the same.
  document.addEventListener("DOMContentLoaded", () => {
    const keep = (event) => (event.currentTarget.hash = location.hash.startsWith("#q=") ? location.hash : "");
    for (const link of document.querySelectorAll("a.language")) {
      for (const kind of ["pointerdown", "focus", "click"]) link.addEventListener(kind, keep);
    }
  });

  form.hidden = false;
  const asks = () => {
    try {
      return location.hash.startsWith("#q=") ? decodeURIComponent(location.hash.slice(3)) : "";
    } catch {
      return ""; // not a fragment of ours
    }
  };
  input.value = asks();
  addEventListener("hashchange", () => {
    input.value = asks();
    search();
  });
  if (input.value) search();
  else load();
  input.focus({ preventScroll: true });
})();
