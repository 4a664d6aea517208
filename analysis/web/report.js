/* What a report can do besides being read: say where one is, sort and fold its tables. All of it is there without
   this, and on paper. */
(() => {
  "use strict";
  const language = document.documentElement.lang, words = document.querySelector("main").dataset;

  /* --- where one is --- */

  const nav = document.querySelector("nav"), details = nav.querySelector("details");
  const present = nav.querySelector(".present"), narrow = matchMedia("(max-width: 61.99rem)");
  const places = [...nav.querySelectorAll("a")]
    .map((link) => ({ link, section: document.getElementById(link.hash.slice(1)) }))
    .filter((place) => place.section);
  let current = null;

  function show(place) {
    if (place === current) return;
    for (const item of nav.querySelectorAll(".here")) item.classList.remove("here");
    if (current) current.link.removeAttribute("aria-current");
    current = place;
    present.textContent = place ? place.link.textContent : "";
    if (!place) return;
    place.link.setAttribute("aria-current", "true");
    for (let item = place.link.closest("li"); item; item = item.parentElement.closest("li"))
      item.classList.add("here");
    if (narrow.matches) return;
    const outer = nav.getBoundingClientRect(), inner = place.link.getBoundingClientRect();
    if (inner.top < outer.top + 40 || inner.bottom > outer.bottom - 40)
      nav.scrollTop += inner.top - outer.top - outer.height / 3;
  }

  function look() {
    const line = Math.max(96, innerHeight / 4);
    let place = null;
    for (const one of places)
      if (one.section.getBoundingClientRect().top <= line) place = one;
    show(place);
  }

  let waiting = false;
  addEventListener("scroll", () => {
    if (waiting) return;
    waiting = true;
    requestAnimationFrame(() => { waiting = false; look(); });
  }, { passive: true });

  const settle = () => { details.open = !narrow.matches; look(); };
  narrow.addEventListener("change", settle);
  nav.addEventListener("click", (event) => {
    if (narrow.matches && event.target.closest("a")) details.open = false;
  });
  nav.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !narrow.matches || !details.open) return;
    details.open = false;
    details.querySelector("summary").focus();
  });
  nav.classList.add("live");
  settle();

  /* --- tables --- */

  function button(holder, title) {
    const made = document.createElement("button");
    made.type = "button";
    made.title = title;
    made.append(...holder.childNodes);
    holder.append(made);
    return made;
  }

  function fold(table) {
    const handle = button(table.caption, words.fold);
    handle.setAttribute("aria-expanded", "true");
    handle.addEventListener("click", () => {
      const folded = table.classList.toggle("folded");
      handle.setAttribute("aria-expanded", String(!folded));
    });
  }

  /* A cell's main figure: "6 of 7" is the share that it is; NaN where there is none. */
  function figure(cell) {
    const text = (cell?.firstChild?.textContent ?? "").replace(/[\s\u00a0\u202f]/g, "").replace("−", "-")
      .replace(language.startsWith("fr") ? /,/ : /,(?=\d{3})/g, language.startsWith("fr") ? "." : "");
    const part = /^(\d+)(?:sur|of)(\d+)$/.exec(text);
    return part ? 100 * part[1] / part[2] : parseFloat(text);
  }

  function compare(column) {
    return (one, other) => {
      const left = one.cells[column], right = other.cells[column], a = figure(left), b = figure(right);
      if (column && !Number.isNaN(a) && !Number.isNaN(b)) return a - b;
      if (column && Number.isNaN(a) !== Number.isNaN(b)) return Number.isNaN(a) ? -1 : 1;
      return left.textContent.localeCompare(right.textContent, language, { numeric: true });
    };
  }

  /* Rows that are answers are sorted among each other; what is below them, totals and the like, stays there. A
     second click turns the order around, a third gives the report's own back. */
  function sortable(table) {
    const heads = [...table.tHead.rows[0].cells], body = table.tBodies[0];
    const rows = [...body.rows].filter((row) => !row.className && row.cells.length === heads.length);
    const others = [...body.rows].filter((row) => !rows.includes(row));
    if (rows.length < 3 || [...body.rows].slice(0, rows.length).some((row) => !rows.includes(row))) return;
    heads.forEach((head, column) => {
      button(head, words.sort).addEventListener("click", () => {
        const before = head.getAttribute("aria-sort");
        const down = column ? "descending" : "ascending", up = column ? "ascending" : "descending";
        const order = before === null ? down : before === down ? up : null;
        for (const each of heads) each.removeAttribute("aria-sort");
        const sorted = order ? [...rows].sort(compare(column)) : rows;
        if (order === "descending") sorted.reverse();
        if (order) head.setAttribute("aria-sort", order);
        body.append(...sorted, ...others);
      });
    });
  }

  for (const table of document.querySelectorAll("main table")) {
    fold(table);
    sortable(table);
  }
})();
