const NOT_WHILE_TYPING = 300;

/** Keep [data-words] at the number of words; past its hint, [data-words-over] says so. Counted as html.py counts. */
export function countWords(form, fields) {
  const shown = form.querySelector("[data-words]");
  const field = fields.find(({ words }) => words);
  if (!shown || !field) return;
  let timer = 0;
  const count = () => {
    const words = field.words().split(/\s+/).filter((word) => /[\p{L}\p{N}]/u.test(word)).length;
    shown.textContent = words;
    form.querySelector("[data-words-over]").hidden = !(words > Number(shown.dataset.words || Infinity));
  };
  field.onChange(() => {
    clearTimeout(timer);
    timer = setTimeout(count, NOT_WHILE_TYPING);
  });
  count();
}
