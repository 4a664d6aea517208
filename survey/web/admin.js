"use strict";
// Typing goes faster with this, and works without: one digit is the answer where there can be but one, Enter goes on
// to the next field, a tap on an answer types its number, and the answers that are typed stand out.
(() => {
  const typing = document.getElementById("typing"), form = typing.closest("form");
  const save = form.querySelector("button[name=go-save]");
  const fields = [...form.querySelectorAll("#typing input, #typing textarea, button[name=go-save]")];
  const choices = (field) => [...(document.getElementById(field.id.replace(/-1$/, "-choices"))?.children ?? [])];
  const keys = (field, most) => field.value.match(most <= 9 ? /[0-9a-z]/g : /[0-9]+|[a-z]/g) ?? [];
  // Words are written beside some answers only.
  const isIdle = (field) => {
    if (!field?.id.endsWith("-specify") || field.value) return false;
    const owner = document.getElementById(field.id.replace(/-specify$/, "-1"));
    const asked = (owner?.dataset.specify ?? "").split(" ");
    return owner && !keys(owner, choices(owner).length).some((key) => asked.includes(key));
  };
  const go = (from, by) => {
    let at = fields.indexOf(from) + by;
    while (by && isIdle(fields[at])) at += by;
    const next = fields[at];
    if (!next) return;
    next.focus();
    if (next.select) next.select();
  };
  const show = (field) => {
    const all = choices(field);
    const typed = keys(field, all.length);
    for (const one of all) one.classList.toggle("on", typed.includes(one.querySelector("kbd").textContent));
  };
  for (const field of fields) {
    if (field.tagName === "BUTTON") continue;
    show(field);
    field.addEventListener("input", () => {
      show(field);
      if (field.dataset.quick && !typing.dataset.alone && /^[0-9]$/.test(field.value)) go(field, 1);
    });
    field.addEventListener("keydown", (event) => {
      if (event.isComposing || event.ctrlKey || event.altKey || event.metaKey) return;
      const many = field.tagName === "TEXTAREA";
      const by = (event.key === "Enter" && !(many && event.shiftKey)) || (event.key === "ArrowDown" && !many) ? 1
        : event.key === "ArrowUp" && !many ? -1 : 0;
      if (!by) return;
      event.preventDefault();
      // Of one question alone Enter is all there is to say, once it is known who says it.
      if (event.key === "Enter" && typing.dataset.alone) (form.querySelector("input:invalid") ?? save).focus();
      else go(field, by);
      if (document.activeElement === save && typing.dataset.alone) save.click();
    });
    for (const one of choices(field))
      one.addEventListener("click", () => {
        const key = one.querySelector("kbd").textContent;
        const typed = field.value.split(/[ ,]+/).filter(Boolean);
        field.value = field.dataset.quick || !/^[0-9]/.test(key) ? key
          : (typed.includes(key) ? typed.filter((other) => other !== key) : [...typed, key]).join(" ");
        show(field);
        field.focus();
      });
  }
  if (!form.querySelector("[autofocus]")) go(fields[0], 0);
})();
