"use strict";
// Marks, in the text, all that belongs to the card that the address names; without scripts the links still work.
function show() {
  document.querySelectorAll(".on").forEach(function (element) { element.classList.remove("on"); });
  var wanted = location.hash.slice(1);
  var toText = wanted.charAt(0) === "t";
  var anchor = toText ? wanted.slice(1) : wanted;
  var card = document.getElementById(anchor);
  if (!card || !card.classList.contains("card")) { return; }
  card.classList.add("on");
  var pieces = card.closest("article").querySelectorAll("[data-of~='" + CSS.escape(anchor) + "']");
  pieces.forEach(function (piece) { piece.classList.add("on"); });
  card.closest("details").open = true;
  var smooth = matchMedia("(prefers-reduced-motion: reduce)").matches ? "auto" : "smooth";
  if (toText && pieces.length) {
    pieces[0].scrollIntoView({ block: "center", behavior: smooth });
    pieces[0].focus({ preventScroll: true });
  } else {
    card.scrollIntoView({ block: "center", behavior: smooth });
    card.focus({ preventScroll: true });
  }
}
addEventListener("hashchange", show);
show();
