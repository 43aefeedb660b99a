(() => {
  "use strict";
  const $ = id => document.getElementById(id);
  const root = document.documentElement;

  // Theme: automatic, light, dark; not remembered.
  const themes = ["automatic", "light", "dark"], button = $("theme");
  let theme = 0;
  const show = () => {
    if (theme) root.dataset.theme = themes[theme]; else delete root.dataset.theme;
    button.textContent = "Theme: " + themes[theme];
  };
  button.hidden = false;
  button.addEventListener("click", () => { theme = (theme + 1) % 3; show(); });

  // Table of cells: filter, sort, show more.
  const table = $("cell-table"), body = table.tBodies[0], rows = [...body.rows], form = $("filter"), more = $("more");
  const Step = 50, number = /^[+\-\u2212]?\d/;
  const keys = rows.map(r => [...r.cells].map((c, i) => i === 10 ? c.className : c.textContent.trim()));
  const texts = rows.map(r => r.textContent.toLowerCase());
  let order = rows.map((_, i) => i), limit = Step;

  const apply = () => {
    const words = $("q").value.toLowerCase().split(/\s+/).filter(Boolean);
    const selects = [...form.querySelectorAll("select")].filter(s => s.value);
    let found = 0;
    for (const i of order) {
      const fits = words.every(w => texts[i].includes(w)) && selects.every(s => {
        const column = +s.dataset.column;
        return (column === 10 ? keys[i][10] === "v-" + s.value.replace(/ /g, "-") : keys[i][column] === s.value);
      });
      rows[i].hidden = !fits || ++found > limit;
    }
    $("shown").textContent = `${Math.min(found, limit)} of ${found} cells shown` + (found < rows.length ? `, ${rows.length} in all` : "");
    more.hidden = found <= limit;
    more.textContent = `Show all ${found} cells`;
  };
  form.hidden = false;
  form.addEventListener("submit", e => e.preventDefault());
  form.addEventListener("input", () => { limit = Step; apply(); });
  form.addEventListener("reset", () => setTimeout(() => { limit = Step; apply(); }));
  more.addEventListener("click", () => { limit = Infinity; apply(); });
  window.addEventListener("beforeprint", () => { limit = Infinity; apply(); });

  const value = text => number.test(text) ? parseFloat(text.replace("\u2212", "-")) : null;
  [...table.tHead.rows[0].cells].forEach((head, column) => {
    const name = head.textContent.trim(), sorter = document.createElement("button");
    sorter.type = "button";
    sorter.textContent = name;
    head.textContent = "";
    head.append(sorter);
    sorter.addEventListener("click", () => {
      const down = head.getAttribute("aria-sort") === "ascending", sign = down ? -1 : 1;
      for (const other of table.tHead.rows[0].cells) other.removeAttribute("aria-sort");
      head.setAttribute("aria-sort", down ? "descending" : "ascending");
      const by = keys.map(k => k[column]), values = by.map(value);
      // Empty fields come last either way.
      order.sort((a, b) => (by[a] === "") - (by[b] === "") || sign * (values[a] !== null && values[b] !== null ? values[a] - values[b] : by[a].localeCompare(by[b])) || a - b);
      body.append(...order.map(i => rows[i]));
      apply();
    });
  });
  apply();

  // Records of runs: strings are kept once, runs refer to them.
  const data = JSON.parse($("records").textContent), at = i => data.strings[i], dialog = $("record");
  const element = (tag, text) => Object.assign(document.createElement(tag), { textContent: text });
  const list = pairs => {
    const dl = document.createElement("dl");
    for (const [k, v] of pairs) if (v !== null && v !== undefined && v !== "") dl.append(element("dt", k), element("dd", v));
    return dl;
  };
  const open = id => {
    const run = data.runs[id];
    if (!run) return;
    const [cell, seed, subset, environment, metrics, seconds, memory, finished, notes] = run;
    const spec = data.cells[cell], values = new Map(data.fields.map((f, i) => [f, at(spec.spec[i])]));
    values.set("id", id).set("seeds", String(seed));
    const fill = text => text.replace(/\{(\w+)\}/g, (_, name) => values.get(name));
    const out = $("record-body");
    $("record-h").textContent = "Run " + id;
    out.replaceChildren();
    if (spec.command !== null) out.append(element("h4", "Command to make it again"), element("pre", fill(at(spec.command))));
    out.append(element("h4", "Result"), list([...data.metrics.map((m, i) => [m, metrics[i]]), ["seconds", seconds], ["peak memory", Math.round(memory / 1048576) + " MiB"], ["finished", new Date(1000 * finished).toISOString()]]));
    out.append(element("h4", "Specification and checksums"), list([...data.fields.map((f, i) => [f, at(spec.spec[i])]), ["seed", String(seed)], ["subset", at(subset)]]));
    out.append(element("h4", "Environment"), list(data.environmentFields.map((f, i) => [f, data.environments[environment][i]])));
    out.append(element("h4", "Files"), list([["record", fill(at(spec.record))], ["predictions", spec.predictions === null ? "not kept" : fill(at(spec.predictions))]]));
    if (notes.length) {
      const ul = document.createElement("ul");
      ul.append(...notes.map(n => element("li", at(n))));
      out.append(element("h4", "Notes"), ul);
    }
    if (!dialog.open) dialog.showModal();
    dialog.scrollTop = 0;
  };
  const follow = () => { if (location.hash.startsWith("#run-")) open(location.hash.slice(5)); };
  window.addEventListener("hashchange", follow);
  dialog.addEventListener("close", () => history.replaceState(null, "", location.pathname + location.search));
  follow();

  // Data of a figure as a file.
  for (const save of document.querySelectorAll("button.csv")) {
    save.hidden = false;
    save.addEventListener("click", () => {
      const quote = t => /[",\n]/.test(t) ? `"${t.replaceAll("\"", "\"\"")}"` : t;
      const csv = [...$(save.dataset.table).rows].map(r => [...r.cells].map(c => quote(c.textContent.trim())).join(",")).join("\n") + "\n";
      const link = Object.assign(document.createElement("a"), { href: "data:text/csv;charset=utf-8," + encodeURIComponent(csv), download: save.dataset.table + ".csv" });
      link.click();
    });
  }

  // A link to something inside a closed group opens it.
  const reveal = () => {
    const target = location.hash.length > 1 && $(decodeURIComponent(location.hash.slice(1)));
    for (let e = target; e; e = e.parentElement) if (e.tagName === "DETAILS") e.open = true;
  };
  window.addEventListener("hashchange", reveal);
  reveal();
})();
