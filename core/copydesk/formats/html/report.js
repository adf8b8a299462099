"use strict";
// Without this the page works too: every mark is a link to its card, and every card one to its place in the text.
const KINDS = { finding: "Finding", quote: "Quote", entity: "Name", quantity: "Number", time: "Time" };
const LAYERS = Object.keys(KINDS);
const panel = document.getElementById("details");
const title = document.getElementById("details-title");
const list = panel.querySelector("ul");
const marks = [...document.querySelectorAll(".text a[data-of]")];
let opener = null;

const layerOf = (card) => LAYERS.find((layer) => card.classList.contains("of-" + layer));
const isShown = (layer) => document.getElementById("show-" + layer).checked;

// The cards of a mark in the layers that are shown, findings first.
function cardsOf(mark) {
  return mark.dataset.of.split(" ").map((id) => document.getElementById(id))
    .filter((card) => card && isShown(layerOf(card)))
    .sort((a, b) => LAYERS.indexOf(layerOf(a)) - LAYERS.indexOf(layerOf(b)));
}

// What is not shown cannot be chosen, and the tab key stops once at each annotation: where it begins.
function prepare() {
  const met = new Set();
  for (const mark of marks) {
    const cards = cardsOf(mark);
    if (!cards.length) {
      for (const name of ["href", "role", "aria-controls", "aria-expanded", "tabindex"]) { mark.removeAttribute(name); }
      continue;
    }
    mark.setAttribute("href", "#" + cards[0].id);
    mark.setAttribute("role", "button");
    mark.setAttribute("aria-controls", "details");
    mark.setAttribute("aria-expanded", String(mark === opener));
    mark.setAttribute("tabindex", cards.some((card) => !met.has(card.id)) ? "0" : "-1");
    cards.forEach((card) => met.add(card.id));
  }
  if (opener && !opener.hasAttribute("href")) { close(false); }
}

function unlight() { document.querySelectorAll(".on").forEach((element) => element.classList.remove("on")); }

function light(card) {
  card.classList.add("on");
  const id = CSS.escape(card.id);
  const pieces = card.closest("article").querySelectorAll(`[data-of~="${id}"], [data-evidence~="${id}"]`);
  pieces.forEach((piece) => piece.classList.add("on"));
}

function open(mark) {
  unlight();
  if (opener) { opener.setAttribute("aria-expanded", "false"); }
  opener = mark;
  mark.setAttribute("aria-expanded", "true");
  const text = mark.textContent.trim();
  title.textContent = "About “" + (text.length > 80 ? text.slice(0, 79) + "…" : text) + "”";
  list.replaceChildren(...cardsOf(mark).map((card) => {
    light(card);
    const copy = card.cloneNode(true);
    copy.removeAttribute("id");
    copy.removeAttribute("tabindex");
    copy.classList.remove("on");
    const kind = document.createElement("p");
    kind.className = "kind";
    kind.textContent = KINDS[layerOf(card)];
    copy.prepend(kind);
    return copy;
  }));
  panel.hidden = false;
  panel.scrollTop = 0;
  mark.scrollIntoView({ block: "nearest" });
}

function close(back) {
  panel.hidden = true;
  unlight();
  const mark = opener;
  opener = null;
  if (mark && mark.hasAttribute("href")) {
    mark.setAttribute("aria-expanded", "false");
    if (back) { mark.focus(); }
  }
}

// To the annotation before or after the one that is open; the panel is a live region, so it is read out.
function step(by) {
  let at = marks.indexOf(opener);
  do { at += by; } while (marks[at] && marks[at].getAttribute("tabindex") !== "0");
  if (marks[at]) { open(marks[at]); }
}

// What the address names: a card, or its place in the text.
function follow() {
  const wanted = location.hash.slice(1);
  const inText = wanted.startsWith("t");
  const card = document.getElementById(inText ? wanted.slice(1) : wanted);
  if (!card || !card.classList.contains("card")) { return; }
  unlight();
  light(card);
  card.closest("details").open = true;
  const place = document.querySelector(`.text a[data-of~="${CSS.escape(card.id)}"]`);
  const to = inText && place ? place : card;
  to.scrollIntoView({ block: "center" });
  to.focus({ preventScroll: true });
}

document.querySelector("main").addEventListener("click", (event) => {
  const mark = event.target.closest(".text a[data-of]");
  if (!mark || !mark.hasAttribute("href")) { return; }
  event.preventDefault();
  if (mark === opener) { close(true); return; }
  open(mark);
  title.focus({ preventScroll: true });
});
document.addEventListener("click", (event) => {
  const link = event.target.closest("a.back");
  if (link && link.hash === location.hash) { event.preventDefault(); follow(); }
});
document.addEventListener("keydown", (event) => {
  if (event.key === "Escape" && !panel.hidden) { close(true); }
  if (event.key === " " && event.target.matches(".text a[role]")) { event.preventDefault(); event.target.click(); }
});
document.getElementById("details-close").addEventListener("click", () => close(true));
document.getElementById("details-before").addEventListener("click", () => step(-1));
document.getElementById("details-after").addEventListener("click", () => step(1));
LAYERS.forEach((layer) => document.getElementById("show-" + layer).addEventListener("change", prepare));
addEventListener("hashchange", follow);
addEventListener("beforeprint", () => document.querySelectorAll("details").forEach((group) => { group.open = true; }));
const index = document.getElementById("index");
if (index) { document.querySelector("main").before(index); }
prepare();
follow();
