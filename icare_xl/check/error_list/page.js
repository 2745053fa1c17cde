"use strict";
// Sorts and filters the rows of the list. All rows are known from the start; only those asked for are in the table.
(() => {
  const AT_ONCE = 500;
  const MORE = 4; // times as many as before, at each wish for more: a browser takes half a minute for 100,000
  const table = document.getElementById("findings");
  const body = table.tBodies[0];
  const form = document.getElementById("filters");
  const count = document.getElementById("count");
  const rest = document.getElementById("rest");
  const language = document.documentElement.lang;
  const inReadingOrder = [...body.rows, ...document.getElementById("more").content.children];
  const collator = new Intl.Collator(language, { numeric: true });
  const selects = [...form.querySelectorAll("select")];
  const heads = [...table.tHead.rows[0].cells];

  let rows = inReadingOrder;
  let limit = AT_ONCE;
  let texts = null;

  // Case and accents make no difference to a search.
  const plain = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
  const say = (element, words) =>
    element.dataset.text.replace(/\{(\w+)\}/g, (_, word) => words[word].toLocaleString(language));

  function textOf(row) {
    texts ??= new Map(
      inReadingOrder.map((each) => [each, plain([...each.cells].map((cell) => cell.textContent).join("\n"))]),
    );
    return texts.get(row);
  }

  function matching() {
    const chosen = selects.filter((each) => each.value !== "");
    const words = plain(form.elements.text.value).split(/\s+/).filter(Boolean);
    return rows.filter(
      (row) =>
        chosen.every((each) => row.dataset[each.name] === each.value) &&
        words.every((word) => textOf(row).includes(word)),
    );
  }

  function show() {
    const found = matching();
    const shown = document.createDocumentFragment();
    for (const row of found.slice(0, limit)) shown.append(row);
    body.replaceChildren(shown);
    const head = heads.find((each) => each.getAttribute("aria-sort") !== "none") ?? heads[0];
    const way = head.getAttribute("aria-sort") === "descending" ? count.dataset.down : count.dataset.up;
    count.textContent = say(count, {
      shown: body.rows.length,
      total: rows.length,
      column: head.textContent,
      way,
    });
    rest.hidden = found.length <= limit;
    rest.textContent = say(rest, { left: found.length - body.rows.length });
  }

  function sort(column, descending) {
    rows = [...inReadingOrder];
    if (column > 0) {
      const keys = new Map(rows.map((row) => [row, row.cells[column].textContent]));
      rows.sort((one, other) => collator.compare(keys.get(one), keys.get(other)) * (descending ? -1 : 1));
    } else if (descending) {
      rows.reverse();
    }
    heads.forEach((head, place) => {
      head.setAttribute("aria-sort", place !== column ? "none" : descending ? "descending" : "ascending");
    });
    show();
  }

  heads.forEach((head, column) => {
    const button = document.createElement("button");
    button.type = "button";
    button.append(...head.childNodes);
    button.addEventListener("click", () => sort(column, head.getAttribute("aria-sort") === "ascending"));
    head.append(button);
  });

  let waiting = 0;
  form.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(() => {
      limit = AT_ONCE;
      show();
    }, 150);
  });
  form.addEventListener("reset", () => setTimeout(show));
  form.addEventListener("submit", (event) => event.preventDefault());
  rest.addEventListener("click", () => {
    const next = body.rows.length;
    limit *= MORE;
    show();
    body.rows[next].tabIndex = -1;
    body.rows[next].focus();
  });

  let before = limit;
  addEventListener("beforeprint", () => {
    before = limit;
    limit = Infinity;
    show();
  });
  addEventListener("afterprint", () => {
    limit = before;
    show();
  });

  form.hidden = false;
  sort(0, false);
})();
