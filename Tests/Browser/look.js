// What the tests ask of a page: each is given to the browser as it stands here.
({
  /** Text that is seen and does not stand out from its ground: contrast below 4.5, or 3 where it is large. */
  faint() {
    const parse = (text) => {
      const parts = text.match(/[\d.]+/g).map(Number);
      return [...parts.slice(0, 3), parts.length > 3 ? parts[3] : 1];
    };
    const over = (top, under) => [0, 1, 2].map((i) => top[i] * top[3] + under[i] * (1 - top[3])).concat(1);
    const light = (colour) =>
      [0.2126, 0.7152, 0.0722].reduce((sum, weight, i) => {
        const value = colour[i] / 255;
        return sum + weight * (value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4);
      }, 0);
    const ground = (element) => {
      const layers = [];
      for (let one = element; one; one = one.parentElement) {
        const colour = parse(getComputedStyle(one).backgroundColor);
        if (colour[3] > 0) layers.unshift(colour);
        if (colour[3] === 1) break;
      }
      const dark = matchMedia("(prefers-color-scheme: dark)").matches;
      return layers.reduce((under, top) => over(top, under), dark ? [18, 18, 18, 1] : [255, 255, 255, 1]);
    };
    const found = new Map();
    const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    while (texts.nextNode()) {
      const element = texts.currentNode.parentElement;
      if (!texts.currentNode.data.trim() || element.closest("script, style, title, option, .unseen, .skip")) continue;
      if (!element.checkVisibility()) continue;
      const style = getComputedStyle(element);
      let back;
      if (element.closest("svg.lineage")) {
        const box = element.closest("[data-node]").querySelector("rect, path, polygon");
        back = parse(getComputedStyle(box).fill);
      } else back = ground(element);
      const front = over(parse(element.closest("svg") ? style.fill : style.color), back);
      const [high, low] = [light(front), light(back)].sort((a, b) => b - a);
      const contrast = (high + 0.05) / (low + 0.05);
      const size = parseFloat(style.fontSize);
      const isLarge = size >= 24 || (size >= 18.66 && style.fontWeight >= 700);
      if (contrast < (isLarge ? 3 : 4.5)) found.set(element.className + " " + element.tagName, `${contrast.toFixed(2)} ${element.outerHTML.slice(0, 120)}`);
    }
    return [...found.values()];
  },

  /** Boxes of one drawing that lie over each other, and labels wider than their box. */
  overlaps() {
    const found = [];
    for (const svg of document.querySelectorAll("svg.lineage")) {
      const boxes = [...svg.querySelectorAll("[data-node]")].map((node) => {
        const box = node.querySelector("rect, path, polygon").getBBox();
        const label = node.querySelector("text:not(.mark)").getBBox();
        if (label.x + label.width > box.x + box.width + 0.5) found.push(`too long: ${node.textContent}`);
        return { box, name: node.textContent };
      });
      for (const [index, one] of boxes.entries()) {
        for (const other of boxes.slice(index + 1)) {
          const [a, b] = [one.box, other.box];
          const apart = a.x + a.width <= b.x || b.x + b.width <= a.x || a.y + a.height <= b.y || b.y + b.height <= a.y;
          if (!apart) found.push(`${one.name} / ${other.name}`);
        }
      }
    }
    return found;
  },

  /** Results that are shown: rule, subject, severity and outcome. */
  shown() {
    return [...document.querySelectorAll("#results .result")].filter((one) => one.checkVisibility()).map((one) => ({
      severity: one.dataset.severity, outcome: one.dataset.outcome,
      rule: (one.querySelector(".cause code") ?? one.closest("article").querySelector("header code")).textContent,
      subject: one.querySelector("h4 .self").textContent, text: one.textContent.toLowerCase(),
    }));
  },

  /** What stands out of the page to the right. */
  wide() {
    const width = document.documentElement.clientWidth;
    return [...document.querySelectorAll("main *")].filter((one) => {
      const box = one.getBoundingClientRect();
      return box.right > width + 1 && box.width > 0 && !one.closest(".scroll, .drawing, .unseen, thead");
    }).map((one) => one.outerHTML.slice(0, 120));
  },
})
