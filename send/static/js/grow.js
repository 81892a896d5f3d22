// A box for free text grows with what is written, so that people can see all of it.
function grow(box) {
  const top = window.scrollY;
  box.style.height = "auto";
  box.style.height = `${box.scrollHeight + box.offsetHeight - box.clientHeight}px`;
  window.scrollTo({ top });
}

export function growAll(within = document) {
  for (const box of within.querySelectorAll("textarea[data-grow]")) {
    if (CSS.supports("field-sizing", "content")) continue; // the style sheet does it
    box.addEventListener("input", () => grow(box));
    grow(box);
  }
}
