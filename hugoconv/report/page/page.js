"use strict";
const filter = document.querySelector("#filter");
const shown = document.querySelector("#shown");
const boxes = [...document.querySelectorAll("details")];
const opened = boxes.map((box) => box.open);
const rows = [...document.querySelectorAll(".row")];
const textOf = new Map(rows.map((row) => [row, row.textContent.toLowerCase()]));
const headOf = new Map(boxes.map((box) => [box, box.querySelector("summary").textContent.toLowerCase()]));

function apply() {
  const words = filter.value.toLowerCase().split(/\s+/).filter(Boolean);
  const matches = (text) => words.every((word) => text.includes(word));
  let count = 0;
  for (const row of rows) {
    const box = row.closest("details");
    const here = !words.length || matches(textOf.get(row)) || (box && box !== row && matches(headOf.get(box)));
    row.hidden = !here;
    count += here;
  }
  boxes.forEach((box, number) => {
    const own = [...box.querySelectorAll(".row")];
    const some = !words.length || own.some((row) => !row.hidden) || matches(headOf.get(box)) || box.parentElement.closest("details") !== null;
    box.hidden = box.classList.contains("row") ? box.hidden : !some;
    box.open = words.length ? own.some((row) => !row.hidden) : opened[number];
  });
  for (const part of document.querySelectorAll("section")) {
    const own = [...part.querySelectorAll(".row")];
    part.hidden = words.length > 0 && own.every((row) => row.hidden);
  }
  shown.textContent = words.length ? count.toLocaleString("en") + (count === 1 ? " match" : " matches") : "";
}

filter.addEventListener("input", apply);
addEventListener("keydown", (event) => {
  if (event.key === "/" && document.activeElement !== filter) { event.preventDefault(); filter.focus(); }
  if (event.key === "Escape") { filter.value = ""; apply(); filter.blur(); }
});
addEventListener("beforeprint", () => boxes.forEach((box) => { box.open = box.classList.contains("finding"); }));
document.addEventListener("click", async (event) => {
  const button = event.target.closest(".copy button");
  if (!button) return;
  const code = button.parentElement.querySelector("code");
  try {
    await navigator.clipboard.writeText(code.textContent);
    button.textContent = "Copied";
  } catch {
    getSelection().selectAllChildren(code);
    button.textContent = "Selected";
  }
});
